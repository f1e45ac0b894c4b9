package seedance.workflows.generation;

import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Waits on durable timers until the service has given its verdict on a task. */
final class AwaitStage {
  private final Standing standing;
  private final Endings endings;

  AwaitStage(Standing standing, Endings endings) {
    this.standing = standing;
    this.endings = endings;
  }

  Finished await(SubmitOutcome.Accepted task, GenerationPlan plan) {
    Instant lastQueuedAt = null;
    LookRequest request = LookRequest.first(task, plan);
    Duration nextLookIn = task.firstLookIn();
    String seen = "Accepted";
    while (true) {
      waitFor(nextLookIn, seen, plan);
      Look look = look(request);
      if (look instanceof Look.Succeeded succeeded) {
        standing.report(standing.progress().looked("succeeded"));
        return new Finished(succeeded.outcome(), lastQueuedAt, succeeded.at());
      }
      if (look instanceof Look.Failed failed) {
        standing.report(standing.progress().looked(finalStatus(failed.error().failure())));
        throw endings.byService(failed.error(), task.taskId());
      }
      if (look instanceof Look.Going going) {
        lastQueuedAt = going.status().equals("queued") ? going.at() : lastQueuedAt;
        standing.report(standing.progress().looked(going.status()));
        nextLookIn = going.nextLookIn();
        seen = TimelineWords.sentence(going.status().replace('_', ' '));
        request = request.afterSighting();
      } else if (look instanceof Look.NotSeen notSeen) {
        Progress progress = standing.progress();
        standing.report(progress.looked(progress.status()).troubledBy(notSeen.problem()));
        nextLookIn = notSeen.nextLookIn();
        seen = TimelineWords.sentence(notSeen.problem().what());
        request = request.afterMiss(notSeen);
      } else {
        throw endings.unknownAnswer(look);
      }
      endAtTheDeadline(task, plan);
    }
  }

  /** A cancel does not wait for the look that is under way, and leaves it alone. */
  private Look look(LookRequest request) {
    LookActivity activity = GenerationActivities.look("Look " + (standing.progress().looks() + 1));
    AtomicReference<Promise<Look>> look = new AtomicReference<>();
    CancellationScope scope =
        Workflow.newDetachedCancellationScope(
            () -> look.set(Async.function(activity::look, request)));
    scope.run();
    try {
      Workflow.await(() -> look.get().isCompleted());
    } catch (CanceledFailure cancelled) {
      if (!CancelStage.isSupported()) {
        scope.cancel();
      }
      throw cancelled;
    }
    return look.get().get();
  }

  private void waitFor(Duration nextLookIn, String seen, GenerationPlan plan) {
    Duration untilDeadline = Duration.between(WorkflowClock.now(), WorkflowClock.deadline(plan));
    boolean deadlineFirst = untilDeadline.compareTo(nextLookIn) < 0 && !untilDeadline.isNegative();
    Duration wait = deadlineFirst ? untilDeadline : nextLookIn;
    standing.report(standing.progress().nextLookAt(WorkflowClock.now().plus(wait)));
    WorkflowClock.pause(wait, seen + (deadlineFirst ? ", last look" : ", next look"));
  }

  private void endAtTheDeadline(SubmitOutcome.Accepted task, GenerationPlan plan) {
    if (!WorkflowClock.now().isBefore(WorkflowClock.deadline(plan))) {
      throw endings.failed(
          GenerationFailure.because(FailureType.DEADLINE_PASSED, task.taskId(), null));
    }
  }

  /** The service's word; where its record is gone, the last one that was heard. */
  private String finalStatus(FailureType type) {
    return switch (type) {
      case TASK_EXPIRED -> "expired";
      case TASK_CANCELLED -> "cancelled";
      case TASK_VANISHED, VERDICT_OVERDUE -> standing.progress().status();
      default -> "failed";
    };
  }
}
