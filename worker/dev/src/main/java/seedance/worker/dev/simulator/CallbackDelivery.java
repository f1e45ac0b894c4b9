package seedance.worker.dev.simulator;

import java.time.Duration;
import java.util.Objects;

/**
 * How the calls to {@code callback_url}s get through.
 *
 * @param loss the share of calls that are never sent, 0 to 1; which ones, the simulator's seed
 *     decides, for each status of each task; default 0
 * @param delay from a status change to its call, in the real service's time, so divided by {@link
 *     SimulatorSettings#speed()}; the call tells what was true at the change; default 0
 */
public record CallbackDelivery(double loss, Duration delay) {

  /** Every call, at once; the default. */
  public static final CallbackDelivery PROMPT = new CallbackDelivery(0, Duration.ZERO);

  /**
   * @throws IllegalArgumentException for a value out of its range
   */
  public CallbackDelivery {
    Objects.requireNonNull(delay, "delay");
    if (!(loss >= 0 && loss <= 1)) {
      throw new IllegalArgumentException("the loss of callbacks is 0 to 1: " + loss);
    }
    if (delay.isNegative()) {
      throw new IllegalArgumentException("the delay of callbacks is 0 or more: " + delay);
    }
  }
}
