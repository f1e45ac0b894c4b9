package seedance.workflows.generation;

import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits on durable timers until the service has given its verdict on a task. */
final class AwaitStage {
  private final GenerationRun run;
  private final GenerationState state;
  private final Endings endings;
  private final Calls calls;

  AwaitStage(GenerationRun run, GenerationState state, Endings endings, Calls calls) {
    this.run = run;
    this.state = state;
    this.endings = endings;
    this.calls = calls;
  }

  Position.HandingOff await(Position.WithTask from) {
    if (from instanceof Position.HandingOff finished) {
      return finished;
    }
    Position.Awaiting at = (Position.Awaiting) from;
    while (true) {
      run.continueIfSpent("before look " + (state.progress().looks() + 1), at);
      waitFor(at);
      boolean byCallback = calls.answered();
      Look look = look(at.look());
      if (look instanceof Look.Succeeded succeeded) {
        state.report(state.progress().looked("succeeded"));
        return at.finished(succeeded, byCallback);
      }
      if (look instanceof Look.Failed failed) {
        state.report(state.progress().looked(finalStatus(failed.error().failure())));
        throw endings.byService(failed.error(), at.task().taskId());
      }
      if (look instanceof Look.Going going) {
        Progress looked = state.progress().looked(going.status()).expecting(going.expectation());
        Problem problem = going.problem();
        state.report(
            problem != null && at.look().doubtsInARow() > 0 ? looked.troubledBy(problem) : looked);
        at = at.after(going);
      } else if (look instanceof Look.NotSeen notSeen) {
        Progress progress = state.progress();
        state.report(progress.looked(progress.status()).troubledBy(notSeen.problem()));
        at = at.after(notSeen);
      } else {
        throw endings.unknownAnswer(look);
      }
      endAtTheDeadline(at.task());
    }
  }

  /** A cancel does not wait for the look that is under way, and leaves it alone. */
  private Look look(LookRequest request) {
    LookActivity activity = GenerationActivities.look("Look " + (state.progress().looks() + 1));
    CompletablePromise<Look> look = Workflow.newPromise();
    CancellationScope scope =
        Workflow.newDetachedCancellationScope(
            () -> look.completeFrom(Async.function(activity::look, request)));
    scope.run();
    try {
      Workflow.await(look::isCompleted);
    } catch (CanceledFailure cancelled) {
      if (!CancelStage.isSupported()) {
        scope.cancel();
      }
      throw cancelled;
    }
    return look.get();
  }

  private void waitFor(Position.Awaiting at) {
    Duration nextLookIn = at.lookIn();
    if (endings.isCancelRequested()) {
      nextLookIn = HistoryBudget.stretched(nextLookIn);
    }
    Duration untilDeadline = Duration.between(WorkflowClock.now(), run.deadline());
    boolean deadlineFirst = untilDeadline.compareTo(nextLookIn) < 0 && !untilDeadline.isNegative();
    Duration wait = deadlineFirst ? untilDeadline : nextLookIn;
    state.report(state.progress().nextLookAt(WorkflowClock.now().plus(wait)));
    String label = at.seen() + (deadlineFirst ? ", last look" : ", next look");
    if (at.task().callbacks() == null) {
      // In the histories of older workers, a call during a wait did not end it.
      Timeline.pause(wait, label);
    } else {
      Timeline.pauseUnless(calls::isDue, wait, label);
    }
  }

  private void endAtTheDeadline(SubmitOutcome.Accepted task) {
    if (!WorkflowClock.now().isBefore(run.deadline())) {
      throw endings.failed(
          GenerationFailure.because(FailureType.DEADLINE_PASSED, task.taskId(), null));
    }
  }

  /** The service's word; where its record is gone, the last one that was heard. */
  private @Nullable String finalStatus(FailureType type) {
    return switch (type) {
      case TASK_EXPIRED -> "expired";
      case TASK_CANCELLED -> "cancelled";
      case CLIP_LOST -> "succeeded";
      case TASK_VANISHED, VERDICT_OVERDUE -> state.progress().status();
      default -> "failed";
    };
  }
}
