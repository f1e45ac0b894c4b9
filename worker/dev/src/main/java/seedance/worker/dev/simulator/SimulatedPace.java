package seedance.worker.dev.simulator;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How long the stages of one task take, on the simulator's clock.
 *
 * @param queued at least; longer if too many others are processed
 * @param running from its start to its end
 * @param atMost from its creation to its expiry
 */
record SimulatedPace(Duration queued, Duration running, Duration atMost) {

  /** Makes nine of ten 2.0 clips of 720p and 5 s take 80 to 150 s. */
  private static final double SPREAD = 0.19;

  private static final Duration TYPICAL_QUEUE = Duration.ofSeconds(2);
  private static final Duration TYPICAL_FLEX_QUEUE = Duration.ofHours(2);

  /**
   * Draws a pace: stages are log-normal around what is typical.
   *
   * @param speed how many times faster than the real service
   */
  static SimulatedPace draw(Generation generation, double speed, SplittableRandom random) {
    Duration typical =
        ModelFacts.of(generation.model()).typical(generation.resolution(), generation.seconds());
    double slowness = generation.script().slow() ? Script.SLOWNESS : 1;
    return new SimulatedPace(
        scaled(generation.flex() ? TYPICAL_FLEX_QUEUE : TYPICAL_QUEUE, logNormal(random) / speed),
        scaled(typical, slowness * logNormal(random) / speed),
        scaled(generation.expiresAfter(), 1 / speed));
  }

  private static double logNormal(SplittableRandom random) {
    return Math.exp(SPREAD * random.nextGaussian());
  }

  private static Duration scaled(Duration duration, double factor) {
    return Duration.ofNanos(Math.round(duration.toNanos() * factor));
  }
}
