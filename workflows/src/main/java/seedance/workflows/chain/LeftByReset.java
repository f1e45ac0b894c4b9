package seedance.workflows.chain;

import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancelExternalWorkflowException;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import seedance.workflows.chain.RunState.Running;
import seedance.workflows.chain.StepOutcome.Clip;
import seedance.workflows.chain.StepOutcome.NotMade;
import seedance.workflows.generation.HistoryBudget;
import seedance.workflows.generation.Timeline;

/**
 * Takes what a reset of the chain left behind of a step: an earlier run of the chain made it, or
 * its child is ending yet, and its workflow id is in use.
 */
final class LeftByReset {
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

  private final RunningChain chain;
  private final StepChild child;
  private int allStarts;

  LeftByReset(RunningChain chain, StepChild child) {
    this.chain = chain;
    this.child = child;
  }

  /** Takes its clip, or runs its child once its workflow id is free. */
  StepOutcome take(StepInput input) {
    try {
      return takenOrMade(input);
    } catch (TemporalFailure failure) {
      if (CancellationScope.current().isCancelRequested()) {
        cancel(input.generation());
      }
      throw failure;
    }
  }

  private StepOutcome takenOrMade(StepInput input) {
    Duration wait = FIRST_WAIT;
    for (int starts = 1; ; starts++) {
      FoundGeneration found = StepChild.inStore(input);
      if (found instanceof FoundGeneration.Stored stored) {
        return new Clip(input.generation(), stored.result());
      }
      if (found instanceof FoundGeneration.Different) {
        return NotMade.untried(TAKEN);
      }
      String inUse =
          "its workflow id is in use, and there is no clip to take: "
              + (found instanceof FoundGeneration.Absent absent
                  ? absent.why()
                  : "nothing is known");
      if (starts == STARTS || HistoryBudget.isSpentForAChain("before start " + ++allStarts)) {
        return NotMade.untried(inUse);
      }
      chain.move(input.step(), Running.class, running -> running.troubled(inUse));
      Timeline.pause(wait, "Its workflow id is in use, next attempt");
      Optional<StepOutcome> outcome = child.run(input);
      if (outcome.isPresent()) {
        return outcome.get();
      }
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    }
  }

  /** It is no child of this run, and so is not cancelled with it. */
  private static void cancel(String generation) {
    CancellationScope scope =
        Workflow.newDetachedCancellationScope(
            () -> {
              try {
                Workflow.newUntypedExternalWorkflowStub(generation).cancel();
              } catch (CancelExternalWorkflowException endedMeanwhile) {
                // Then there is nothing to cancel.
              }
            });
    scope.run();
  }
}
