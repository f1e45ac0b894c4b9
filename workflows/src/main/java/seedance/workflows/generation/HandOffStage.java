package seedance.workflows.generation;

import io.temporal.workflow.CancellationScope;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.Progress.Stage;

/** Fetches and stores a clip that is paid for, until it is stored or gone at the service. */
final class HandOffStage {
  private final GenerationRun run;
  private final GenerationState state;
  private final Endings endings;
  private Position.@Nullable HandingOff reached;

  HandOffStage(GenerationRun run, GenerationState state, Endings endings) {
    this.run = run;
    this.state = state;
    this.endings = endings;
  }

  GenerationResult handOff(Position.HandingOff from) {
    state.report(state.progress().at(Stage.HAND_OFF));
    Position.HandingOff at = from;
    reached = from;
    while (true) {
      run.continueIfSpent("before hand-off " + at.attempt(), at);
      HandOffOutcome outcome = store(run.handOff(at));
      if (outcome instanceof HandOffOutcome.Stored stored && !stored.artifacts().isEmpty()) {
        Cost cost = UsageCost.of(at.outcome(), run.plan());
        state.reportStored(stored, cost);
        return new GenerationResult(
            at.task().taskId(),
            run.plan().model(),
            at.outcome(),
            stored.artifacts(),
            stored.manifest(),
            at.timings(stored.at()),
            cost);
      }
      if (outcome instanceof HandOffOutcome.Lost lost) {
        throw endings.failure(FailureType.CLIP_LOST, lost.problem());
      }
      if (!(outcome instanceof HandOffOutcome.NotStored notStored)) {
        throw endings.unknownAnswer(outcome);
      }
      state.report(state.progress().troubledBy(notStored.problem()));
      at = at.after(notStored);
      reached = at;
      waitForTheNext(notStored);
    }
  }

  /**
   * How far it was when a cancel came; empty where it had not begun, and in runs of a version that
   * looked at the task again first, which may be gone by then while its clip is stored.
   */
  Optional<Position.HandingOff> reached() {
    return Optional.ofNullable(reached).filter(at -> Patched.by("handOffPastCancel"));
  }

  private void waitForTheNext(HandOffOutcome.NotStored notStored) {
    Duration wait =
        endings.isCancelRequested()
            ? HistoryBudget.stretched(notStored.retryIn())
            : notStored.retryIn();
    Timeline.pause(wait, Timeline.sentence(notStored.problem().what()) + ", next attempt");
  }

  /** The clip is paid for: a cancel comes too late to save anything but the clip. */
  private static HandOffOutcome store(HandOffRequest files) {
    CancellationScope.throwCanceled();
    return Uncancelled.run(() -> GenerationActivities.handOff("Store the clip").handOff(files));
  }
}
