package seedance.activities.runtimes;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.HandOffRequest;
import seedance.workflows.generation.Sightings;
import seedance.workflows.json.IsoTime.IsoDuration;
import seedance.workflows.json.IsoTime.IsoInstant;
import seedance.workflows.json.WireForm;

/**
 * How long one task ran, as far as it is known: looks see its beginning and its end only between
 * two of them, where the service does not tell.
 *
 * @param taskId the service's id
 * @param acceptedAt when the service took it: by their ends, the last of a batch would be its
 *     slowest
 * @param atLeast it ran no shorter, &gt; 0
 * @param atMost it ran no longer; the same where the time is known
 * @param calledBack whether its end was seen as the service called back; null where it was not
 *     asked to
 */
@WireForm
public record MeasuredRun(
    String taskId,
    @IsoInstant Instant acceptedAt,
    @IsoDuration Duration atLeast,
    @IsoDuration Duration atMost,
    @Nullable Boolean calledBack) {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  /** The service tells whole seconds, of the beginning and of the end. */
  private static final Duration PRECISION = Duration.ofSeconds(1);

  public MeasuredRun {
    Objects.requireNonNull(taskId, "taskId");
    Objects.requireNonNull(acceptedAt, "acceptedAt");
    Objects.requireNonNull(atLeast, "atLeast");
    Objects.requireNonNull(atMost, "atMost");
    if (atLeast.compareTo(SHORTEST) < 0 || atMost.compareTo(atLeast) < 0) {
      throw new IllegalArgumentException("from %s to %s".formatted(atLeast, atMost));
    }
  }

  /**
   * What is known of a task whose clip is stored.
   *
   * @return empty where its beginning is not known, or its times make no sense
   */
  public static Optional<MeasuredRun> of(HandOffRequest request) {
    Sightings seen = request.sightings();
    if (seen == null) {
      return Optional.empty();
    }
    Instant firstBegin = seen.queuedAt() == null ? request.acceptedAt() : seen.queuedAt();
    Instant firstEnd = later(seen.underWayAt(), request.acceptedAt());
    Instant lastEnd = request.noticedAt();
    Instant told = endAsTold(request, firstEnd);
    if (told != null) {
      firstEnd = later(told.minus(PRECISION), firstEnd);
      lastEnd = told.plus(PRECISION);
    }
    Instant lastBegin =
        seen.queuedAt() == null
            ? firstBegin
            : seen.runningAt() == null ? lastEnd : seen.runningAt();
    Duration atMost = Duration.between(firstBegin, lastEnd);
    if (atMost.compareTo(SHORTEST) < 0) {
      return Optional.empty();
    }
    Duration atLeast = Duration.between(lastBegin, firstEnd);
    return Optional.of(
        new MeasuredRun(
            request.taskId(),
            request.acceptedAt(),
            atLeast.compareTo(SHORTEST) < 0 ? SHORTEST : atLeast,
            atMost,
            seen.calledBack()));
  }

  /**
   * By our clock, as the service's may differ. A gateway may tell when it was asked last instead.
   *
   * @return null where none is told that can be
   */
  private static @Nullable Instant endAsTold(HandOffRequest request, Instant firstEnd) {
    Instant created = request.outcome().createdAt();
    Instant finished = request.outcome().finishedAt();
    if (created == null || finished == null) {
      return null;
    }
    Instant end = request.acceptedAt().plus(Duration.between(created, finished));
    return end.isAfter(firstEnd.minus(PRECISION))
            && end.isBefore(request.noticedAt().minus(PRECISION))
        ? end
        : null;
  }

  private static Instant later(@Nullable Instant one, Instant other) {
    return one == null || one.isBefore(other) ? other : one;
  }
}
