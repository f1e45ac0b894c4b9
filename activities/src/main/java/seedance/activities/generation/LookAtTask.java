package seedance.activities.generation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import seedance.activities.provider.Sighting;
import seedance.activities.provider.Task;
import seedance.activities.provider.TaskStatus;
import seedance.activities.provider.VideoProvider;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.Look;
import seedance.workflows.generation.LookActivity;
import seedance.workflows.generation.LookRequest;
import seedance.workflows.generation.Problem;
import seedance.workflows.generation.ServiceError;

/** Asks the service for a task's status and decides when to ask again. */
final class LookAtTask implements LookActivity {
  /**
   * How long the service must keep saying "no such task" before it is believed. A new task was seen
   * to be unknown for a while, a gateway that restarts forgets for minutes, and a worker with the
   * wrong base URL is noticed within hours; after a day the result would be gone in any case.
   */
  private static final Duration MISSING_FOR_GOOD = Duration.ofHours(24);

  /** The service deletes its record of a task after 7 days (H). */
  private static final Duration RECORD_LIVES = Duration.ofDays(8);

  /** How long a task may outlive its own expiry at the service. */
  private static final Duration OVERDUE = Duration.ofDays(1);

  private final VideoProvider provider;
  private final LookSchedule schedule;
  private final GenerationMetrics metrics;
  private final Clock clock;

  LookAtTask(
      VideoProvider provider, LookSchedule schedule, GenerationMetrics metrics, Clock clock) {
    this.provider = Objects.requireNonNull(provider, "provider");
    this.schedule = Objects.requireNonNull(schedule, "schedule");
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public Look look(LookRequest request) {
    Sighting sighting = provider.look(request.taskId());
    Look look = look(sighting, request, clock.instant());
    metrics.looked(look);
    return look;
  }

  private Look look(Sighting sighting, LookRequest request, Instant now) {
    if (sighting instanceof Sighting.Seen seen) {
      return seen(seen.task(), request, now);
    }
    if (sighting instanceof Sighting.NoSuchTask missing) {
      return isGone(request.missingSince(), now)
          ? failed(FailureType.TASK_VANISHED, "NotFound", now)
          : missed(missing.what(), true, Optional.empty(), request, now);
    }
    if (!now.isBefore(request.acceptedAt().plus(RECORD_LIVES))) {
      return failed(FailureType.TASK_VANISHED, null, now);
    }
    Sighting.NotSeen notSeen = (Sighting.NotSeen) sighting;
    return missed(notSeen.what(), false, notSeen.retryAfter(), request, now);
  }

  private Look seen(Task task, LookRequest request, Instant now) {
    if (task.status() == TaskStatus.Known.SUCCEEDED) {
      return new Look.Succeeded(task.outcome(), now);
    }
    if (task.error().isPresent()) {
      return new Look.Failed(task.error().get(), now);
    }
    Duration elapsed = Duration.between(request.acceptedAt(), now);
    if (elapsed.compareTo(request.expiresAfter().plus(OVERDUE)) >= 0) {
      return failed(FailureType.VERDICT_OVERDUE, null, now);
    }
    return new Look.Going(
        task.status().word(), now, schedule.nextLookIn(request.typicalTime(), elapsed));
  }

  /** Our own verdict, as the service gives none any more. */
  private static Look.Failed failed(FailureType type, String code, Instant now) {
    return new Look.Failed(new ServiceError(type, code, null, null), now);
  }

  /**
   * @param missingSince since when nothing but "no such task" was answered; null where it was not
   */
  static boolean isGone(Instant missingSince, Instant now) {
    return missingSince != null
        && Duration.between(missingSince, now).compareTo(MISSING_FOR_GOOD) >= 0;
  }

  private Look.NotSeen missed(
      String what, boolean noSuchTask, Optional<Duration> retryAfter, LookRequest to, Instant now) {
    return new Look.NotSeen(
        new Problem(what, now),
        noSuchTask,
        schedule.nextLookAfterMiss(to.missesInARow(), retryAfter));
  }
}
