package seedance.workflows.generation;

import io.temporal.workflow.CancellationScope;
import java.time.Instant;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.request.AnyJson;

/** Fetches and stores a clip that is paid for, until it is stored or gone at the service. */
final class HandOffStage {
  private final Standing standing;
  private final Endings endings;

  HandOffStage(Standing standing, Endings endings) {
    this.standing = standing;
    this.endings = endings;
  }

  GenerationResult handOff(
      AnyJson request, GenerationPlan plan, SubmitOutcome.Accepted task, Finished finished) {
    standing.report(standing.progress().at(Stage.HAND_OFF));
    Cost cost = plan.costOf(finished.outcome());
    Instant missingSince = null;
    for (int attempt = 1; ; attempt++) {
      HandOffOutcome outcome =
          store(
              new HandOffRequest(
                  task.taskId(),
                  request.withoutInlineMedia(),
                  finished.outcome(),
                  cost,
                  task.acceptedAt(),
                  finished.noticedAt(),
                  attempt,
                  missingSince,
                  SubmitStage.givenByParent()));
      if (outcome instanceof HandOffOutcome.Stored stored) {
        standing.reportStored(stored, cost);
        return new GenerationResult(
            task.taskId(),
            plan.model(),
            finished.outcome(),
            stored.artifacts(),
            stored.manifest(),
            finished.timings(task.acceptedAt(), stored.at()),
            cost);
      }
      if (outcome instanceof HandOffOutcome.Lost lost) {
        throw endings.failure(FailureType.CLIP_LOST, lost.problem());
      }
      if (!(outcome instanceof HandOffOutcome.NotStored notStored)) {
        throw endings.unknownAnswer(outcome);
      }
      standing.report(standing.progress().troubledBy(notStored.problem()));
      missingSince = notStored.missingSince(missingSince);
      WorkflowClock.pause(
          notStored.retryIn(),
          TimelineWords.sentence(notStored.problem().what()) + ", next attempt");
    }
  }

  /** The clip is paid for: a cancel comes too late to save anything but the clip. */
  private static HandOffOutcome store(HandOffRequest files) {
    CancellationScope.throwCanceled();
    return Uncancelled.run(() -> GenerationActivities.handOff("Store the clip").handOff(files));
  }
}
