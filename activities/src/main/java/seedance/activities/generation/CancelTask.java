package seedance.activities.generation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import seedance.activities.provider.Sighting;
import seedance.activities.provider.TaskStatus;
import seedance.activities.provider.TaskStatus.Known;
import seedance.activities.provider.VideoProvider;
import seedance.workflows.generation.CancelActivity;
import seedance.workflows.generation.CancelRequest;
import seedance.workflows.generation.Cancellation;
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
  public Cancellation cancel(CancelRequest request) {
    Instant lookedAt = clock.instant();
    Sighting sighting = provider.look(request.taskId());
    Cancellation outcome =
        status(sighting).filter(status -> status == Known.QUEUED).isPresent()
            ? cancelQueued(request, lookedAt.plus(LOOK_HOLDS))
            : told(sighting, request);
    metrics.cancelled(outcome);
    return outcome;
  }

  private Cancellation cancelQueued(CancelRequest request, Instant sendBefore) {
    var answer = provider.cancel(request.taskId(), sendBefore);
    if (answer instanceof seedance.activities.provider.Cancellation.Done) {
      return confirmed(request);
    }
    if (answer instanceof seedance.activities.provider.Cancellation.Running running) {
      return status(provider.look(request.taskId()))
          .filter(TaskStatus::isOver)
          .map(CancelTask::over)
          .orElseGet(() -> tooLate(running.what()));
    }
    if (answer instanceof seedance.activities.provider.Cancellation.Unsupported) {
      return tooLate("the service's gateway cannot cancel");
    }
    if (answer instanceof seedance.activities.provider.Cancellation.NoSuchTask missing) {
      return notYet(missing.what(), Optional.empty(), request);
    }
    var unknown = (seedance.activities.provider.Cancellation.NotKnown) answer;
    return notYet(unknown.what(), unknown.retryAfter(), request);
  }

  /** The record may have gone with the cancel. */
  private Cancellation confirmed(CancelRequest request) {
    Sighting sighting = provider.look(request.taskId());
    return sighting instanceof Sighting.NoSuchTask
        ? new Cancellation.Cancelled()
        : told(sighting, request);
  }

  /** What a look says about a task, where nothing more is to be done. */
  private Cancellation told(Sighting sighting, CancelRequest request) {
    if (sighting instanceof Sighting.NoSuchTask missing) {
      return notYet(missing.what(), Optional.empty(), request);
    }
    if (sighting instanceof Sighting.NotSeen notSeen) {
      return notYet(notSeen.what(), notSeen.retryAfter(), request);
    }
    TaskStatus status = ((Sighting.Seen) sighting).task().status();
    if (status.isOver()) {
      return over(status);
    }
    return status == Known.QUEUED
        ? notYet("the service does not show the cancel yet", Optional.empty(), request)
        : tooLate("the task is already " + status.word().replace('_', ' '));
  }

  private static Optional<TaskStatus> status(Sighting sighting) {
    return sighting instanceof Sighting.Seen seen
        ? Optional.of(seen.task().status())
        : Optional.empty();
  }

  private static Cancellation over(TaskStatus status) {
    return status == Known.CANCELLED ? new Cancellation.Cancelled() : new Cancellation.Over();
  }

  private Cancellation tooLate(String what) {
    return new Cancellation.TooLate(new Problem(what, clock.instant()));
  }

  private Cancellation notYet(String what, Optional<Duration> retryAfter, CancelRequest request) {
    return new Cancellation.NotYet(
        new Problem(what, clock.instant()),
        schedule.nextLookAfterMiss(request.attempt() - 1, retryAfter));
  }
}
