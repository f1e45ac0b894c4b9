package seedance.workflows.generation;

import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.TemporalFailure;
import io.temporal.worker.NonDeterministicException;

/**
 * The last guard of workflow code. An exception that nobody expected would fail the workflow task,
 * which Temporal repeats for ever: the workflow hangs, and whoever waits for it with it.
 */
public final class LastGuard {
  private static final String INSIDE_OF_THE_SDK = "io.temporal.internal.";

  private LastGuard() {}

  /**
   * Whether a failure stalls the workflow on purpose, as another deployment can mend it: an answer
   * of a newer worker that this one cannot read, a history that does not replay, and the SDK's own
   * exceptions (a workflow task that ran too long, a lock that was not had). So does every {@link
   * Error}, which is none of these.
   */
  public static boolean letsStall(RuntimeException failure) {
    return failure instanceof DataConverterException
        || failure instanceof NonDeterministicException
        || failure.getClass().getName().startsWith(INSIDE_OF_THE_SDK);
  }

  /** Whether a failure is a bug of ours, which has to end by name. */
  public static boolean isBug(RuntimeException failure) {
    return !(failure instanceof TemporalFailure) && !letsStall(failure);
  }

  /** What is said of a bug. Not its message, which may quote what it met. */
  public static String inWords(RuntimeException bug) {
    return "a " + bug.getClass().getSimpleName() + " in the workflow's code";
  }
}
