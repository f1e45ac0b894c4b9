package seedance.workflows.chain;

import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancelExternalWorkflowException;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.ChildWorkflowStub;
import io.temporal.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.GenerationActivities;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.HistoryBudget;
import seedance.workflows.generation.Resets;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.generation.WorkflowClock;
import seedance.workflows.json.Json;
import seedance.workflows.request.InlineMedia;
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
  private final Set<String> vanished = new HashSet<>();
  private final Set<String> begun = new HashSet<>();
  private int tasksLeft;
  private int allStarts;
  private final String chainId = Workflow.getInfo().getWorkflowId();
  private final ChainStanding chain;

  StepRunner(ChainStanding chain) {
    this.chain = chain;
  }

  /** What became of a step that was tried. */
  sealed interface Made {

    /** It is there. */
    record Clip(String generation, GenerationResult result) implements Made {}

    /**
     * It is not.
     *
     * @param failure the generation's own; empty where it left none
     * @param leavesItsTask whether the next attempt with the same request takes what this one left
     */
    record Nothing(
        Optional<GenerationFailure> failure, Charged charged, boolean leavesItsTask, String problem)
        implements Made {}
  }

  String generationOf(String step) {
    return StepReference.workflowId(chainId, step);
  }

  /** Takes a step over from an earlier chain, or notes why not. */
  Optional<Made.Clip> reused(String earlierChain, StepRun step, Json request) {
    String generation = StepReference.workflowId(earlierChain, step.id());
    FoundGeneration found =
        find(step, new FindRequest(generation, inStore(request), generationOf(step.id()), null));
    if (found instanceof FoundGeneration.Stored stored) {
      return Optional.of(new Made.Clip(stored.workflowId(), stored.result()));
    }
    String why =
        found instanceof FoundGeneration.Absent absent
            ? absent.why()
            : "it was made from another request";
    chain.note("%s is not reused from %s: %s".formatted(step.id(), earlierChain, why));
    return Optional.empty();
  }

  /**
   * @param sources the tasks that it is made from
   */
  Made make(StepRun step, Json request, List<String> sources) {
    Optional<Made> made = start(step, request, sources);
    return made.isPresent() ? made.get() : takeWhatAnEarlierRunMakes(step, request, sources);
  }

  /** Empty where its workflow id is in use. */
  private Optional<Made> start(StepRun step, Json request, List<String> sources) {
    String generation = generationOf(step.id());
    try {
      GenerationResult result =
          child(step.plan(), generation, submission(step.id(), request, sources))
              .execute(GenerationResult.class, request, chain.options().generation().json());
      return Optional.of(new Made.Clip(generation, result));
    } catch (ChildWorkflowFailure failure) {
      if (failure.getCause() instanceof WorkflowExecutionAlreadyStarted) {
        return Optional.empty();
      }
      Made.Nothing nothing = nothing(step, failure);
      if (!nothing.leavesItsTask()) {
        submissions.merge(step.id(), 1, Integer::sum);
      }
      boolean wasEndedAlone =
          nothing.failure().isEmpty() && !CancellationScope.current().isCancelRequested();
      return wasEndedAlone && made(step, request) instanceof FoundGeneration.Stored stored
          // It was cancelled, and collected its clip first.
          ? Optional.of(new Made.Clip(generation, stored.result()))
          : Optional.of(nothing);
    }
  }

  /** The chain was reset: an earlier run of it made the step, or its child is ending yet. */
  private Made takeWhatAnEarlierRunMakes(StepRun step, Json request, List<String> sources) {
    try {
      return takenOrStarted(step, request, sources);
    } catch (TemporalFailure failure) {
      if (CancellationScope.current().isCancelRequested()) {
        cancelWhatAnEarlierRunMakes(step);
      }
      throw failure;
    }
  }

  private Made takenOrStarted(StepRun step, Json request, List<String> sources) {
    Duration wait = FIRST_WAIT;
    for (int starts = 1; ; starts++) {
      FoundGeneration found = made(step, request);
      if (found instanceof FoundGeneration.Stored stored) {
        return new Made.Clip(generationOf(step.id()), stored.result());
      }
      if (found instanceof FoundGeneration.Different) {
        return new Made.Nothing(Optional.empty(), Charged.NO, true, TAKEN);
      }
      String inUse =
          "its workflow id is in use, and there is no clip to take: "
              + (found instanceof FoundGeneration.Absent absent
                  ? absent.why()
                  : "nothing is known");
      if (starts == STARTS || HistoryBudget.isSpentForAChain("before start " + ++allStarts)) {
        return new Made.Nothing(Optional.empty(), Charged.NO, true, inUse);
      }
      chain.troubled(step, inUse);
      WorkflowClock.pause(wait, "Its workflow id is in use, next attempt");
      Optional<Made> made = start(step, request, sources);
      if (made.isPresent()) {
        return made.get();
      }
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    }
  }

  /** It is no child of this run, and so is not cancelled with it. */
  private void cancelWhatAnEarlierRunMakes(StepRun step) {
    CancellationScope scope =
        Workflow.newDetachedCancellationScope(
            () -> {
              try {
                Workflow.newUntypedExternalWorkflowStub(generationOf(step.id())).cancel();
              } catch (CancelExternalWorkflowException endedMeanwhile) {
                // Then there is nothing to cancel.
              }
            });
    scope.run();
  }

  /** What this chain made of a step, in whichever of its runs. */
  private FoundGeneration made(StepRun step, Json request) {
    return find(step, new FindRequest(generationOf(step.id()), inStore(request), null, chainRun()));
  }

  private ChildWorkflowStub child(StepPlan step, String generation, String submission) {
    Map<String, Object> memo = new HashMap<>();
    memo.put(VideoGenerationWorkflow.SUBMISSION_MEMO, submission);
    if (!begun.add(submission) || Resets.madeThisRun()) {
      memo.put(VideoGenerationWorkflow.SUBMITTED_BEFORE_MEMO, true);
    }
    return Workflow.newUntypedChildWorkflowStub(
        VideoGenerationWorkflow.TYPE,
        ChildWorkflowOptions.newBuilder()
            .setWorkflowId(generation)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY)
            .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
            .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
            .setMemo(memo)
            .setStaticSummary(GenerationActivities.cut(step.id() + ": " + step.summary()))
            .build());
  }

  private String submission(String step, Json request, List<String> sources) {
    return submission(
        chainRun(), step, submissions.getOrDefault(step, 0), String.join(",", sources), request);
  }

  /**
   * What a step's submission is known by: the same after a reset of the chain, so that a child
   * takes the task of one that ended before its clip; another for every request and source, and
   * after a failure that leaves no task to take. A release that names the same step otherwise buys
   * it again.
   */
  static String submission(
      String chainRun, String step, int attempt, String sources, Json request) {
    String name = "%s/%s/%d/%s/%s".formatted(chainRun, step, attempt, sources, request.tree());
    return chainRun + "/" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  /** The same after a reset. */
  private static String chainRun() {
    return Workflow.getInfo().getOriginalExecutionRunId();
  }

  /**
   * Whether a retry needs another task: the task is over, or a person decided so. Where it may yet
   * go on, or give its clip, or there never was one, a retry under the same submission takes it, or
   * makes the first.
   */
  private boolean endsItsSubmission(StepRun step, GenerationFailure failure) {
    return switch (failure.type()) {
      case SUBMISSION_UNKNOWN -> true;
      case DEADLINE_PASSED, VERDICT_OVERDUE, ABANDONED -> false;
      case INTERNAL_ERROR -> failure.taskId() != null && !takesTaskLeft();
      case TASK_VANISHED ->
          failure.taskId() != null
              // Sought once more, as the worker's key may have been the wrong one.
              && !(takesTaskLeft() && vanished.add(step.id() + " " + failure.taskId()));
      default -> failure.taskId() != null;
    };
  }

  /** Chains that had such a failure under the version before have made another task since. */
  private boolean takesTaskLeft() {
    return Workflow.getVersion("takeTaskLeft " + ++tasksLeft, Workflow.DEFAULT_VERSION, 1)
        != Workflow.DEFAULT_VERSION;
  }

  private Made.Nothing nothing(StepRun step, ChildWorkflowFailure failure) {
    if (failure.getCause() instanceof ApplicationFailure named
        && named.getDetails().getSize() > 0) {
      Optional<GenerationFailure> detail = detail(named);
      return new Made.Nothing(
          detail,
          detail.map(GenerationFailure::charged).orElse(Charged.MAYBE),
          detail.filter(why -> endsItsSubmission(step, why)).isEmpty(),
          named.getOriginalMessage());
    }
    return new Made.Nothing(
        Optional.empty(),
        Charged.MAYBE,
        true,
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

  private static FoundGeneration find(StepRun step, FindRequest request) {
    return ChainActivities.find(step.id()).find(request);
  }

  private static Json inStore(Json request) {
    return InlineMedia.without(request);
  }
}
