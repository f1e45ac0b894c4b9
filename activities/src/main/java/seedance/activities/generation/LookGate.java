package seedance.activities.generation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Holds back the looks of a worker process while the service says that they are too many: for as
 * long as it asks, and else twice as long each time that it says so again. Nothing is shared with
 * other workers, which hear it themselves.
 *
 * <p>Safe for use by many threads.
 */
final class LookGate {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Clock clock;
  private final DoubleSupplier luck;
  private Instant opensAt = Instant.MIN;
  private Duration closedFor = Duration.ZERO;

  /**
   * @param luck from 0 to 1, anew each time: what was held back does not come back all at once
   */
  LookGate(Clock clock, DoubleSupplier luck) {
    this.clock = Objects.requireNonNull(clock, "clock");
    this.luck = Objects.requireNonNull(luck, "luck");
  }

  /** When to come back, spread over as long as it is closed; empty where it is open. */
  synchronized Optional<Duration> comeBackIn() {
    Instant now = clock.instant();
    if (!now.isBefore(opensAt)) {
      return Optional.empty();
    }
    long apart = Math.round(closedFor.toMillis() * luck.getAsDouble());
    return Optional.of(Duration.between(now, opensAt).plusMillis(apart));
  }

  /**
   * The service said that there were too many. What was under way as it closed does not close it
   * for longer.
   *
   * @param begunAt when the look began
   * @param retryAfter what the service asked for
   */
  synchronized void refused(Instant begunAt, Optional<Duration> retryAfter) {
    Instant now = clock.instant();
    if (!begunAt.isBefore(opensAt)) {
      Duration doubled = closedFor.isZero() ? FIRST : closedFor.multipliedBy(2);
      closedFor = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
      opensAt = now.plus(closedFor);
    }
    opensAt = max(opensAt, now.plus(retryAfter.orElse(Duration.ZERO)));
  }

  /** The service answered a look. */
  synchronized void answered(Instant begunAt) {
    if (!begunAt.isBefore(opensAt)) {
      closedFor = Duration.ZERO;
    }
  }

  private static Instant max(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
