package seedance.worker.dev.simulator;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with some requests.
 *
 * <p>In JSON: {@code
 * {"on":"create","when":{"type":"next","count":1},"effect":{"type":"lostReply"}}}.
 *
 * @param on which operation
 * @param when which of its requests; null means the next one
 * @param effect what happens to them
 */
public record Fault(Operation on, Firing when, Effect effect) {

  /**
   * @throws IllegalArgumentException if the effect, or the firing, makes no sense for the operation
   * @throws NullPointerException if {@code on} or {@code effect} is null
   */
  public Fault(Operation on, @Nullable Firing when, Effect effect) {
    this.on = Objects.requireNonNull(on, "on");
    this.effect = Objects.requireNonNull(effect, "effect");
    this.when = Objects.requireNonNullElse(when, new Firing.Next(1));
    if (!effect.operations().contains(on)) {
      throw new IllegalArgumentException(
          effect.getClass().getSimpleName() + " is for " + effect.operations() + ", not for " + on);
    }
    if (this.when instanceof Firing.FirstOfEachTask
        && (on == Operation.CREATE || on == Operation.LIST)) {
      throw new IllegalArgumentException(on + " concerns no task that exists");
    }
  }

  /** The next request of this kind. */
  public static Fault next(Operation on, Effect effect) {
    return next(1, on, effect);
  }

  /** The next {@code count} requests of this kind. */
  public static Fault next(int count, Operation on, Effect effect) {
    return new Fault(on, new Firing.Next(count), effect);
  }

  /** Every request of this kind. */
  public static Fault always(Operation on, Effect effect) {
    return new Fault(on, new Firing.Always(), effect);
  }

  /** Each request of this kind with a probability, from 0 to 1. */
  public static Fault chance(double probability, long seed, Operation on, Effect effect) {
    return new Fault(on, new Firing.Chance(probability, seed), effect);
  }

  /** The first {@code count} requests of this kind for each task. */
  public static Fault firstOfEachTask(int count, Operation on, Effect effect) {
    return new Fault(on, new Firing.FirstOfEachTask(count), effect);
  }
}
