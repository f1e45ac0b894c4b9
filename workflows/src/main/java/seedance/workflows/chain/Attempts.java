package seedance.workflows.chain;

import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.FailureType.Charged;

/**
 * What a chain has tried to make a step, and what that cost.
 *
 * @param generation the last that was begun; null before there is one
 * @param settled what attempts cost that have come to an end
 * @param toTake what a task costs at most that the next attempt takes instead of making one
 * @param charged whether anything that has come to an end was charged
 */
record Attempts(@Nullable String generation, TotalCost settled, TotalCost toTake, Charged charged) {
  static final Attempts NONE = new Attempts(null, TotalCost.NOTHING, TotalCost.NOTHING, Charged.NO);

  TotalCost cost() {
    return settled.plus(toTake);
  }

  /** Whether a task of an attempt that has ended may go on. */
  boolean leftATask() {
    return !toTake.isNothing();
  }

  Attempts begun(String workflowId) {
    return new Attempts(workflowId, settled, toTake, charged);
  }

  /** The last has come to an end, and cost so much, with the task that it took. */
  Attempts ended(TotalCost cost, Charged isCharged) {
    return new Attempts(
        generation,
        settled.plus(cost),
        TotalCost.NOTHING,
        isCharged.compareTo(charged) > 0 ? isCharged : charged);
  }

  /** The last has ended, and the next goes on with its task. */
  Attempts leaving(TotalCost atMost) {
    return new Attempts(generation, settled, atMost, charged);
  }

  /** The next attempt makes a task of its own. */
  Attempts forAnotherRequest() {
    return leftATask() ? ended(toTake, Charged.MAYBE) : this;
  }
}
