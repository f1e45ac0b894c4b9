package seedance.client;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.TaskId;

/**
 * What a generation that ended without a result left behind: by its own last words, or where it had
 * none, as it was terminated or timed out, by its history. Ids alone, never a prompt or a signed
 * URL.
 */
public sealed interface LeftBehind {

  /** By its last words; empty where they say that there is nothing to fetch or to find. */
  static Optional<LeftBehind> by(GenerationFailure lastWords) {
    return ofItsLastSubmission(lastWords)
        .or(
            () ->
                Optional.ofNullable(lastWords.earlier())
                    .map(lost -> new UnknownSubmission(List.of())));
  }

  private static Optional<LeftBehind> ofItsLastSubmission(GenerationFailure failure) {
    return switch (failure.type()) {
      case SUBMISSION_UNKNOWN -> Optional.of(new UnknownSubmission(List.of()));
      case DEADLINE_PASSED, VERDICT_OVERDUE, TASK_VANISHED, ABANDONED, INTERNAL_ERROR ->
          Optional.ofNullable(failure.taskId())
              .filter(TaskId::isOne)
              .map(task -> new Task(task, failure.earlier()));
      case NOTHING_TO_ADOPT -> Optional.of(new NotKnown());
      default -> Optional.empty();
    };
  }

  /**
   * A task, which may be charged. A start whose {@code options.adopt} names it fetches its clip, as
   * long as the service has that, and submits nothing.
   *
   * @param earlier as in {@link GenerationFailure#earlier()}
   */
  record Task(String taskId, @Nullable String earlier) implements LeftBehind {
    public Task {
      Objects.requireNonNull(taskId, "taskId");
    }

    /** One before which no submission was given up. */
    public Task(String taskId) {
      this(taskId, null);
    }
  }

  /**
   * A clip that is stored: only the end of its workflow is missing.
   *
   * @param manifest where the store says what belongs to it
   * @param earlier as in {@link GenerationFailure#earlier()}
   */
  record Clip(String taskId, URI manifest, @Nullable String earlier) implements LeftBehind {
    public Clip {
      Objects.requireNonNull(taskId, "taskId");
      Objects.requireNonNull(manifest, "manifest");
    }
  }

  /**
   * A request that was sent, or was about to be, and no answer with a task's id: a task may exist
   * and be charged.
   *
   * @param candidates ids of tasks that fit; empty where none is known
   */
  record UnknownSubmission(List<String> candidates) implements LeftBehind {
    public UnknownSubmission {
      candidates = List.copyOf(candidates);
    }
  }

  /** Nothing: no task was made, and nothing is charged. */
  record Nothing() implements LeftBehind {}

  /**
   * Nobody can tell, as its history is gone, not of our kind or that of a run that was reset, or
   * the task that it was to adopt is not there: another task may exist and be charged.
   */
  record NotKnown() implements LeftBehind {}

  /** It goes on yet: a step's generation may end later than its chain. */
  record GoesOn() implements LeftBehind {}

  /** Whether the service may charge for it. */
  default boolean mayBeCharged() {
    return !(this instanceof Nothing);
  }

  /** The id of its task; empty where none is known. */
  default Optional<String> task() {
    if (this instanceof Task task) {
      return Optional.of(task.taskId());
    }
    return this instanceof Clip clip ? Optional.of(clip.taskId()) : Optional.empty();
  }

  /**
   * What is known, in words, of submissions that went without an answer beside the one that made
   * its task: each may have made another that is charged. Empty where there are none, or no task is
   * known.
   */
  default Optional<String> beside() {
    if (this instanceof Task task) {
      return Optional.ofNullable(task.earlier());
    }
    return this instanceof Clip clip ? Optional.ofNullable(clip.earlier()) : Optional.empty();
  }

  /** In words, as a sentence without its full stop. */
  default String inWords() {
    String more = beside().map(earlier -> "; " + earlier).orElse("");
    if (this instanceof Task task) {
      return "its task " + task.taskId() + " may be charged" + more;
    } else if (this instanceof Clip clip) {
      return "the clip of its task %s is stored: %s%s"
          .formatted(clip.taskId(), clip.manifest(), more);
    } else if (this instanceof UnknownSubmission unknown) {
      return "a request was sent and no answer with a task's id came back, so a task may exist and"
          + " be charged"
          + (unknown.candidates().isEmpty()
              ? ""
              : "; these fit: " + String.join(", ", unknown.candidates()));
    } else if (this instanceof Nothing) {
      return "nothing was submitted that may be charged";
    } else if (this instanceof GoesOn) {
      return "its generation goes on";
    }
    return "its history does not tell whether a task exists, which may be charged";
  }
}
