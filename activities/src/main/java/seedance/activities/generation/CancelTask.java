package seedance.activities.generation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import seedance.activities.provider.Cancellation;
import seedance.activities.provider.TaskLook;
import seedance.activities.provider.TaskStatus;
import seedance.activities.provider.TaskStatus.Known;
import seedance.activities.provider.VideoProvider;
import seedance.workflows.generation.CancelActivity;
import seedance.workflows.generation.CancelOutcome;
import seedance.workflows.generation.CancelRequest;
import seedance.workflows.generation.Problem;

/**
 * Cancels a task that it has just seen queued, and nothing else: the same call deletes a finished
 * task's record and video.
 */
final class CancelTask implements CancelActivity {
  /** No task is queued, made and finished in this time. */
  private static final Duration LOOK_HOLDS = Duration.ofSeconds(5);

  private final VideoProvider provider;
  private final LookSchedule schedule;
  private final GenerationMetrics metrics;
  private final Clock clock;

  CancelTask(
      VideoProvider provider, LookSchedule schedule, GenerationMetrics metrics, Clock clock) {
    this.provider = Objects.requireNonNull(provider, "provider");
    this.schedule = Objects.requireNonNull(schedule, "schedule");
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public CancelOutcome cancel(CancelRequest request) {
    Instant lookedAt = clock.instant();
    TaskLook look = provider.look(request.taskId());
    CancelOutcome outcome =
        status(look).filter(status -> status == Known.QUEUED).isPresent()
            ? cancelQueued(request, lookedAt.plus(LOOK_HOLDS))
            : told(look, request);
    metrics.cancelled(outcome);
    return outcome;
  }

  private CancelOutcome cancelQueued(CancelRequest request, Instant sendBefore) {
    Cancellation answer = provider.cancel(request.taskId(), sendBefore);
    if (answer instanceof Cancellation.Done) {
      return confirmed(request);
    }
    if (answer instanceof Cancellation.Running running) {
      return status(provider.look(request.taskId()))
          .filter(TaskStatus::isOver)
          .map(CancelTask::over)
          .orElseGet(() -> tooLate(running.what()));
    }
    if (answer instanceof Cancellation.Unsupported) {
      return tooLate("the service's gateway cannot cancel");
    }
    if (answer instanceof Cancellation.NoSuchTask missing) {
      return notYet(missing.what(), Optional.empty(), request);
    }
    Cancellation.NotKnown unknown = (Cancellation.NotKnown) answer;
    return notYet(unknown.what(), unknown.retryAfter(), request);
  }

  /** The record may have gone with the cancel. */
  private CancelOutcome confirmed(CancelRequest request) {
    TaskLook look = provider.look(request.taskId());
    return look instanceof TaskLook.NoSuchTask
        ? new CancelOutcome.Cancelled()
        : told(look, request);
  }

  /** What a look says about a task, where nothing more is to be done. */
  private CancelOutcome told(TaskLook look, CancelRequest request) {
    if (look instanceof TaskLook.NoSuchTask missing) {
      return notYet(missing.what(), Optional.empty(), request);
    }
    if (look instanceof TaskLook.NotSeen notSeen) {
      return notYet(notSeen.what(), notSeen.retryAfter(), request);
    }
    TaskStatus status = ((TaskLook.Seen) look).task().status();
    if (status.isOver()) {
      return over(status);
    }
    return status == Known.QUEUED
        ? notYet("the service does not show the cancel yet", Optional.empty(), request)
        : tooLate("the task is already " + status.word().replace('_', ' '));
  }

  private static Optional<TaskStatus> status(TaskLook look) {
    return look instanceof TaskLook.Seen seen
        ? Optional.of(seen.task().status())
        : Optional.empty();
  }

  private static CancelOutcome over(TaskStatus status) {
    return status == Known.CANCELLED ? new CancelOutcome.Cancelled() : new CancelOutcome.Over();
  }

  private CancelOutcome tooLate(String what) {
    return new CancelOutcome.TooLate(new Problem(what, clock.instant()));
  }

  private CancelOutcome notYet(String what, Optional<Duration> retryAfter, CancelRequest request) {
    return new CancelOutcome.NotYet(
        new Problem(what, clock.instant()),
        schedule.nextLookAfterMiss(request.attempt() - 1, retryAfter));
  }
}
