package seedance.workflows.generation;

import io.temporal.failure.TemporalFailure;
import java.util.Optional;
import seedance.workflows.generation.Progress.Stage;

/** Cancels a task at the service as far as it lets us, and ends with the truth about it. */
final class CancelStage {
  /** Some twenty minutes, by the waits of a failed look; then the task is taken to go on. */
  private static final int ATTEMPTS = 10;

  private final GenerationState state;
  private final Endings endings;

  CancelStage(GenerationState state, Endings endings) {
    this.state = state;
    this.endings = endings;
  }

  /**
   * Returns where the clip is to be fetched all the same: it is finished, or {@link
   * OnCancel#COLLECT} wants it. Else throws how the generation ends.
   *
   * @param request to cancel the workflow
   */
  void cancel(TemporalFailure request, SubmitOutcome.Accepted task, GenerationPlan plan) {
    boolean collects = plan.options().onCancel() == OnCancel.COLLECT;
    boolean isFinished = state.progress().stage() == Stage.HAND_OFF;
    if (isFinished && collects) {
      return;
    }
    if (isFinished || !isSupported()) {
      throw request;
    }
    state.report(state.progress().at(Stage.CANCEL));
    Optional<Problem> goesOn = Uncancelled.run(() -> cancelAtService(task.taskId()));
    if (goesOn.isPresent() && !collects) {
      throw endings.failed(
          GenerationFailure.because(FailureType.ABANDONED, task.taskId(), goesOn.get().what()));
    }
    state.report(state.progress().at(Stage.AWAIT));
  }

  /** Not by workflows that the version before cancelled. */
  static boolean isSupported() {
    return Patched.by("cancelAtService");
  }

  /** Returns why the task goes on; empty where it is over. */
  private Optional<Problem> cancelAtService(String taskId) {
    for (int attempt = 1; ; attempt++) {
      CancelOutcome answer =
          GenerationActivities.cancel("Cancel the task").cancel(new CancelRequest(taskId, attempt));
      if (answer instanceof CancelOutcome.Cancelled) {
        throw endings.failed(GenerationFailure.because(FailureType.CANCELLED, taskId, null));
      }
      if (answer instanceof CancelOutcome.Over) {
        return Optional.empty();
      }
      if (answer instanceof CancelOutcome.TooLate tooLate) {
        return Optional.of(tooLate.problem());
      }
      if (!(answer instanceof CancelOutcome.NotYet notYet)) {
        throw endings.unknownAnswer(answer);
      }
      if (attempt == ATTEMPTS) {
        return Optional.of(notYet.problem());
      }
      state.report(state.progress().troubledBy(notYet.problem()));
      Timeline.pause(
          notYet.retryIn(),
          Timeline.sentence(notYet.problem().what()) + ", next attempt to cancel");
    }
  }
}
