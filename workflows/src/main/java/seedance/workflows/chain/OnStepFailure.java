package seedance.workflows.chain;

/** What becomes of a chain when one of its steps fails. */
public enum OnStepFailure {
  /** What depends on the step waits for a decision about it; all else goes on. */
  WAIT,
  /** Running steps are finished, nothing more is started, and the chain fails with the step. */
  FAIL
}
