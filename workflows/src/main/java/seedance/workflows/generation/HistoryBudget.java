package seedance.workflows.generation;

import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;

/**
 * How much of its history a workflow may use. The server terminates one at 51,200 events or 50 MB
 * (its defaults), without last words.
 */
public final class HistoryBudget {
  private static final int EVENTS = 2_000;
  private static final long BYTES = 16L << 20;

  /** A chain is one run, so it has more; the steps that it has begun still fit in after that. */
  private static final int EVENTS_OF_A_CHAIN = 25_000;

  private static final long BYTES_OF_A_CHAIN = 24L << 20;

  /** Past the budget, a wait doubles with each so many events. */
  private static final int EVENTS_A_DOUBLING = 200;

  private static final Duration FIRST_STRETCH = Duration.ofMinutes(1);
  private static final Duration LONGEST_STRETCH = Duration.ofHours(4);

  private HistoryBudget() {}

  /**
   * Whether the generation is to go on in another run.
   *
   * @param turn names one turn of a loop: a run of a version that did not ask is asked at each of
   *     its turns, as an answer in replay holds for the rest of the run
   */
  static boolean isSpent(String turn) {
    return isUsed() && Patched.by("continueAsNew " + turn);
  }

  /** The same of a run that cannot go on in another, and so is not asked. */
  static boolean isUsed() {
    return isUsed(EVENTS, BYTES);
  }

  /**
   * Whether a chain is to begin nothing more that makes its history grow.
   *
   * @param turn as in {@link #isSpent}
   */
  public static boolean isSpentForAChain(String turn) {
    return isUsedByAChain() && Patched.by("historyBudget " + turn);
  }

  /** The same for a validator of updates, of which a replay knows nothing. */
  public static boolean isUsedByAChain() {
    return isUsed(EVENTS_OF_A_CHAIN, BYTES_OF_A_CHAIN);
  }

  private static boolean isUsed(int events, long bytes) {
    WorkflowInfo run = Workflow.getInfo();
    return run.getHistoryLength() >= events || run.getHistorySize() >= bytes;
  }

  /**
   * A wait of a run that cannot go on in another, as it is being cancelled: it grows to hours, so
   * that thirty days fit into the history that is left.
   */
  static Duration stretched(Duration wait) {
    long over = Workflow.getInfo().getHistoryLength() - EVENTS;
    if (over < 0) {
      return wait;
    }
    long doublings = Math.min(over / EVENTS_A_DOUBLING, 10);
    Duration stretch = FIRST_STRETCH.multipliedBy(1L << doublings);
    Duration least = stretch.compareTo(LONGEST_STRETCH) < 0 ? stretch : LONGEST_STRETCH;
    return wait.compareTo(least) < 0 ? least : wait;
  }
}
