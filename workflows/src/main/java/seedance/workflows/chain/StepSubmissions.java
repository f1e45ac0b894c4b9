package seedance.workflows.chain;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.Patched;
import seedance.workflows.generation.Resets;
import seedance.workflows.json.Json;

/**
 * What the submissions of a chain's steps are known by. Children of one name take one task, and
 * never make two.
 */
final class StepSubmissions {
  private final Map<String, Integer> ended = new HashMap<>();
  private final Set<String> begun = new HashSet<>();
  private final Set<String> vanished = new HashSet<>();
  private int tasksLeft;
  private int unknown;

  /** The name of the submission that a step's next child makes or goes on with. */
  String name(StepInput input) {
    return name(
        StepInput.chainRun(),
        input.step(),
        ended.getOrDefault(input.step(), 0),
        String.join(",", input.sourceTasks()),
        input.request());
  }

  /**
   * Returns what a step's submission is known by. It is the same after a reset of the chain, so
   * that a child takes the task of one that ended before its clip; another for every request and
   * source, and after a failure that leaves no task to take. A release that names the same step
   * otherwise buys it again.
   */
  static String name(String chainRun, String step, int attempt, String sources, Json request) {
    String name = "%s/%s/%d/%s/%s".formatted(chainRun, step, attempt, sources, request.tree());
    return chainRun + "/" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  /** Notes that a child begins it, and returns whether it may have been sent before. */
  boolean begins(String submission) {
    return !begun.add(submission) || Resets.madeThisRun();
  }

  /** The step's next child makes another one. */
  void end(String step) {
    ended.merge(step, 1, Integer::sum);
  }

  /**
   * Whether a retry needs another task: the task is over, or whoever retries decided so, as the
   * submission is unknown and no attempt before it left a task. Where one may yet go on, or give
   * its clip, or there never was one, a retry under the same submission takes it, or makes the
   * first.
   */
  boolean isEndedBy(GenerationFailure failure, StepRun step) {
    return switch (failure.type()) {
      case SUBMISSION_UNKNOWN -> !(step.attempts().leftATask() && takesWhatItDidNotKnow());
      case DEADLINE_PASSED, VERDICT_OVERDUE, ABANDONED -> false;
      case INTERNAL_ERROR -> failure.taskId() != null && !takesTaskLeft();
      case TASK_VANISHED ->
          failure.taskId() != null
              // Sought once more, as the worker's key may have been the wrong one.
              && !(takesTaskLeft() && vanished.add(step.id() + " " + failure.taskId()));
      default -> failure.taskId() != null;
    };
  }

  /** The same of a retry that ended before it knew of the task that another had left. */
  private boolean takesWhatItDidNotKnow() {
    return Patched.by("keepTaskLeftUnknown " + ++unknown);
  }

  /** Chains that had such a failure under the version before have made another task since. */
  private boolean takesTaskLeft() {
    return Patched.by("takeTaskLeft " + ++tasksLeft);
  }
}
