package seedance.client;

/** The ways in which a generation ends without a result. */
public enum Ending {
  /** It failed by itself; the failure says why. */
  FAILED,
  /** Someone cancelled it. */
  CANCELLED,
  /** Someone terminated the workflow from outside, so it could not say what became of its task. */
  TERMINATED,
  /** The workflow outlived the time limit that whoever started it had set. */
  TIMED_OUT
}
