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

  private static final Duration TYPICAL_QUEUE = Duration.ofSeconds(2);
  private static final Duration TYPICAL_FLEX_QUEUE = Duration.ofHours(2);

  /**
   * Draws a pace: stages are log-normal. It takes as much of {@code random} for any times.
   *
   * @param speed how many times faster than the real service
   */
  static SimulatedPace draw(
      Generation generation, TaskTimes times, double speed, SplittableRandom random) {
    Duration queue = times.queue().orElse(generation.flex() ? TYPICAL_FLEX_QUEUE : TYPICAL_QUEUE);
    Duration running =
        times
            .running()
            .orElseGet(
                () ->
                    ModelFacts.of(generation.model())
                        .typical(generation.resolution(), generation.seconds()));
    double slowness = generation.script().slow() ? Script.SLOWNESS : 1;
    return new SimulatedPace(
        scaled(queue, logNormal(times.queueSpread(), random) / speed),
        scaled(running, slowness * logNormal(times.runningSpread(), random) / speed),
        scaled(generation.expiresAfter(), 1 / speed));
  }

  private static double logNormal(double spread, SplittableRandom random) {
    return Math.exp(spread * random.nextGaussian());
  }

  static Duration scaled(Duration duration, double factor) {
    return Duration.ofNanos(Math.round(duration.toNanos() * factor));
  }
}
