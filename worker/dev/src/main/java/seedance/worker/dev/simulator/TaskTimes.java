package seedance.worker.dev.simulator;

import java.time.Duration;
import java.util.Optional;

/**
 * How long tasks are {@code queued} and {@code running}: log-normal around a median, in the real
 * service's time, so divided by {@link SimulatorSettings#speed()}. Immutable; {@link #TYPICAL} has
 * a default for everything.
 *
 * @param running the median from the start of a task to its end, of all models; more than 0; empty,
 *     the default, means what is typical for model, resolution and length
 * @param runningSpread σ of the logarithm of that time, 0 to 3; 0 makes every task take the median;
 *     default 0.19
 * @param queue the median from the creation of a task to when it may start, of both tiers; 0 or
 *     more; empty, the default, means 2 seconds, and 2 hours for {@code flex}. A task waits longer
 *     while {@link SimulatorSettings#processingLimit()} others of its key are processed
 * @param queueSpread σ of the logarithm of that time, 0 to 3; default 0.19
 */
public record TaskTimes(
    Optional<Duration> running,
    double runningSpread,
    Optional<Duration> queue,
    double queueSpread) {

  private static final double WIDEST = 3;

  /** Makes nine of ten 2.0 clips of 720p and 5 s take 80 to 150 s. */
  private static final double TYPICAL_SPREAD = 0.19;

  /** As the real service is, as far as is known. */
  public static final TaskTimes TYPICAL =
      new TaskTimes(Optional.empty(), TYPICAL_SPREAD, Optional.empty(), TYPICAL_SPREAD);

  /**
   * @throws IllegalArgumentException for a value out of its range
   */
  public TaskTimes {
    if (running.isPresent() && (running.get().isNegative() || running.get().isZero())) {
      throw new IllegalArgumentException("running is more than 0: " + running.get());
    }
    if (queue.isPresent() && queue.get().isNegative()) {
      throw new IllegalArgumentException("queue is 0 or more: " + queue.get());
    }
    requireSpread("runningSpread", runningSpread);
    requireSpread("queueSpread", queueSpread);
  }

  /**
   * The same with another median of the time that tasks run.
   *
   * @throws IllegalArgumentException if it is not more than 0
   */
  public TaskTimes withRunning(Duration median) {
    return new TaskTimes(Optional.of(median), runningSpread, queue, queueSpread);
  }

  /**
   * The same with another σ of the time that tasks run.
   *
   * @throws IllegalArgumentException if it is not 0 to 3
   */
  public TaskTimes withRunningSpread(double spread) {
    return new TaskTimes(running, spread, queue, queueSpread);
  }

  /**
   * The same with another median of the time that tasks wait.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public TaskTimes withQueue(Duration median) {
    return new TaskTimes(running, runningSpread, Optional.of(median), queueSpread);
  }

  /**
   * The same with another σ of the time that tasks wait.
   *
   * @throws IllegalArgumentException if it is not 0 to 3
   */
  public TaskTimes withQueueSpread(double spread) {
    return new TaskTimes(running, runningSpread, queue, spread);
  }

  private static void requireSpread(String name, double spread) {
    if (!(spread >= 0 && spread <= WIDEST)) {
      throw new IllegalArgumentException(name + " is 0 to 3: " + spread);
    }
  }
}
