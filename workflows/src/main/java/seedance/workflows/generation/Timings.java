package seedance.workflows.generation;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.IsoTime.IsoDuration;
import seedance.workflows.json.WireForm;

/**
 * Where the time went, one after the other; together they are the time from the service's accepting
 * the task to its being stored.
 *
 * @param queued in the service's queue: up to the last look that still saw {@code queued}, so at
 *     least this long
 * @param ran from then to the end that the service reports
 * @param noticed from that end to the look that saw it
 * @param stored from that look to everything being in the store
 */
@WireForm
public record Timings(
    @IsoDuration Duration queued,
    @IsoDuration Duration ran,
    @IsoDuration Duration noticed,
    @IsoDuration Duration stored) {
  public Timings {
    Objects.requireNonNull(queued, "queued");
    Objects.requireNonNull(ran, "ran");
    Objects.requireNonNull(noticed, "noticed");
    Objects.requireNonNull(stored, "stored");
  }

  /**
   * @param lastQueuedAt the last look that saw the task queued; null where none did
   * @param finishedAt the end by the service's clock; null where it reports none, and the task then
   *     counts as running until it was noticed
   */
  static Timings of(
      Instant acceptedAt,
      @Nullable Instant lastQueuedAt,
      @Nullable Instant finishedAt,
      Instant noticedAt,
      Instant storedAt) {
    Instant ranFrom = lastQueuedAt == null ? acceptedAt : lastQueuedAt;
    Instant ranTo = finishedAt == null ? noticedAt : finishedAt;
    return new Timings(
        between(acceptedAt, ranFrom),
        between(ranFrom, ranTo),
        between(ranTo, noticedAt),
        between(noticedAt, storedAt));
  }

  /** The service's clock and the workers' need not agree, so a step back counts as no time. */
  private static Duration between(Instant from, Instant to) {
    return to.isBefore(from)
        ? Duration.ZERO
        : Duration.between(from, to).truncatedTo(ChronoUnit.MILLIS);
  }
}
