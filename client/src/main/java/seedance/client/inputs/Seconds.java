package seedance.client.inputs;

import java.time.Duration;
import java.util.Optional;

/** Lengths as files write them: so many units of which so many make a second. */
final class Seconds {
  /** Thirty years: what says more says nothing. */
  private static final double MOST = 1e9;

  private Seconds() {}

  /** Returns the length, to the microsecond; empty where the numbers make none. */
  static Optional<Duration> of(double units, double unitsPerSecond) {
    double seconds = units / unitsPerSecond;
    return unitsPerSecond > 0 && seconds > 0 && seconds <= MOST
        ? Optional.of(Duration.ofNanos(Math.round(seconds * 1e6) * 1_000))
        : Optional.empty();
  }
}
