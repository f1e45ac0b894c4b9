package seedance.client;

import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TerminatedFailure;
import io.temporal.failure.TimeoutFailure;

/** The ways in which a generation or a chain ends without a result. */
public enum Ending {
  /** It failed by itself; the failure says why. */
  FAILED("the workflow ended"),
  /** Someone cancelled it. */
  CANCELLED("the workflow was cancelled"),
  /** Someone terminated the workflow from outside, so it could not say what became of its task. */
  TERMINATED("the workflow was terminated"),
  /** The workflow outlived the time limit that whoever started it had set. */
  TIMED_OUT("the workflow's time ran out");

  private final String inWords;

  Ending(String inWords) {
    this.inWords = inWords;
  }

  static Ending of(WorkflowFailedException failed) {
    Throwable cause = failed.getCause();
    if (cause instanceof CanceledFailure) {
      return CANCELLED;
    }
    if (cause instanceof TerminatedFailure) {
      return TERMINATED;
    }
    return cause instanceof TimeoutFailure ? TIMED_OUT : FAILED;
  }

  /** In words, as a clause. */
  public String inWords() {
    return inWords;
  }

  /** The same of a generation that had no last words, as a clause. */
  public String withoutLastWords() {
    return inWords + " before it could say what became of its task";
  }
}
