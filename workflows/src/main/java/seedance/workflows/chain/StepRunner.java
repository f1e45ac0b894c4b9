package seedance.workflows.chain;

import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.ChildWorkflowStub;
import io.temporal.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import seedance.workflows.generation.GenerationActivities;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.generation.WorkflowClock;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.StepReference;

/** Makes one step by a child {@code VideoGeneration}, or takes over what is there already. */
final class StepRunner {
  /**
   * A reset of the chain leaves its generations alone or, on older servers, cancels them: they end
   * with their clip, hours later in the cheap tier, which a task may wait in for three days. Waits
   * that double from five seconds to an hour leave it four days, and the history short.
   */
  private static final int STARTS = 105;

  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private static final String TAKEN =
      "its workflow id has a finished clip of another request: retry it with that request to take"
          + " the clip, or start the chain under another id";

  private final Map<String, Integer> submissions = new HashMap<>();
  private final String chainId = Workflow.getInfo().getWorkflowId();

  /** What became of a step that was tried. */
  sealed interface Made {

    /** It is there. */
    record Clip(String generation, GenerationResult result) implements Made {}

    /**
     * It is not.
     *
     * @param failure the generation's own; empty where it left none
     */
    record Nothing(Optional<GenerationFailure> failure, String problem) implements Made {}
  }

  String generationOf(String step) {
    return StepReference.workflowId(chainId, step);
  }

  /** Takes a step over from an earlier chain, if that has it from the same request. */
  Optional<Made.Clip> reused(String earlierChain, String step, AnyJson request) {
    String generation = StepReference.workflowId(earlierChain, step);
    FoundGeneration found =
        find(step, new FindRequest(generation, inStore(request), generationOf(step), null));
    return found instanceof FoundGeneration.Stored stored
        ? Optional.of(new Made.Clip(stored.workflowId(), stored.result()))
        : Optional.empty();
  }

  /**
   * @param sources the tasks that it is made from
   */
  Made make(StepPlan step, AnyJson request, AnyJson options, List<String> sources) {
    String generation = generationOf(step.id());
    Duration wait = FIRST_WAIT;
    for (int attempt = 1; ; attempt++) {
      try {
        GenerationResult result =
            child(step, generation, submission(step.id(), request, sources))
                .execute(GenerationResult.class, request, options);
        return new Made.Clip(generation, result);
      } catch (ChildWorkflowFailure failure) {
        if (!(failure.getCause() instanceof WorkflowExecutionAlreadyStarted)) {
          Made.Nothing nothing = nothing(failure);
          if (nothing.failure().filter(StepRunner::endsItsSubmission).isPresent()) {
            submissions.merge(step.id(), 1, Integer::sum);
          }
          return nothing;
        }
      }
      // The chain was reset, and an earlier run of it made the step, or its child is ending yet.
      FoundGeneration found =
          find(step.id(), new FindRequest(generation, inStore(request), null, chainRun()));
      if (found instanceof FoundGeneration.Stored stored) {
        return new Made.Clip(generation, stored.result());
      }
      if (found instanceof FoundGeneration.Different) {
        return new Made.Nothing(Optional.empty(), TAKEN);
      }
      if (attempt == STARTS) {
        String why =
            found instanceof FoundGeneration.Absent absent ? absent.why() : "nothing is known";
        return new Made.Nothing(
            Optional.empty(), "its workflow id is in use, and there is no clip to take: " + why);
      }
      WorkflowClock.pause(wait, "Its workflow id is in use, next attempt");
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    }
  }

  private static ChildWorkflowStub child(StepPlan step, String generation, String submission) {
    return Workflow.newUntypedChildWorkflowStub(
        VideoGenerationWorkflow.TYPE,
        ChildWorkflowOptions.newBuilder()
            .setWorkflowId(generation)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY)
            .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
            .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
            .setMemo(Map.of(VideoGenerationWorkflow.SUBMISSION_MEMO, submission))
            .setStaticSummary(GenerationActivities.cut(step.id() + ": " + step.summary()))
            .build());
  }

  /**
   * What its submission is known by: the same after a reset of the chain, so that a child takes the
   * task of one that ended before its clip; another for every request and source, and after a
   * failure that leaves no task to take.
   */
  private String submission(String step, AnyJson request, List<String> sources) {
    String name =
        "%s/%s/%d/%s/%s"
            .formatted(
                chainRun(),
                step,
                submissions.getOrDefault(step, 0),
                String.join(",", sources),
                request.tree());
    return chainRun() + "/" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  /** The same after a reset. */
  private static String chainRun() {
    return Workflow.getInfo().getOriginalExecutionRunId();
  }

  /**
   * Whether a retry needs another task: the task is over, or a person decided so. Where it may yet
   * go on, or there never was one, a retry under the same submission takes it, or makes the first.
   */
  private static boolean endsItsSubmission(GenerationFailure failure) {
    return switch (failure.type()) {
      case SUBMISSION_UNKNOWN -> true;
      case DEADLINE_PASSED, VERDICT_OVERDUE, ABANDONED -> false;
      default -> failure.taskId() != null;
    };
  }

  private static Made.Nothing nothing(ChildWorkflowFailure failure) {
    if (failure.getCause() instanceof ApplicationFailure named
        && named.getDetails().getSize() > 0) {
      return new Made.Nothing(detail(named), named.getOriginalMessage());
    }
    return new Made.Nothing(
        Optional.empty(),
        failure.getCause() instanceof CanceledFailure
            ? "its generation was cancelled, which says itself what became of its task"
            : "its generation ended without a failure of ours: it was terminated or timed out");
  }

  /** Of a generation that another worker's code ended, perhaps, in a form that this cannot read. */
  private static Optional<GenerationFailure> detail(ApplicationFailure named) {
    try {
      return Optional.ofNullable(named.getDetails().get(0, GenerationFailure.class));
    } catch (DataConverterException unreadable) {
      return Optional.empty();
    }
  }

  private static FoundGeneration find(String step, FindRequest request) {
    return ChainActivities.find(step).find(request);
  }

  private static AnyJson inStore(AnyJson request) {
    return request.withoutInlineMedia();
  }
}
