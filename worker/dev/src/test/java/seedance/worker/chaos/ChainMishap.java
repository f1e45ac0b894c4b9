package seedance.worker.chaos;

/** What happens to one chain, beside what its requests meet. */
enum ChainMishap {
  /** Every worker is killed the moment two of its steps are started. */
  KILL_AT_CHILD_START("atChildStart"),
  KILL_DURING_APPROVAL("duringApproval"),
  /** To its beginning, as the Temporal UI does. */
  RESET_WHILE_A_STEP_RUNS("whileAStepRuns"),
  /** To its latest event. */
  RESET_AFTER_A_STEP("afterAStep"),
  /** To its beginning, when all is made. */
  RESET_AFTER_THE_END("afterTheEnd"),
  /** Not the chain: the generation of one of its steps, to its beginning. */
  RESET_OF_A_STEP("ofAStep"),
  /** The service fails a step, which is then made by another request. */
  FAILED_STEP("failedStep"),
  CANCEL("abandoning"),
  /** What was paid is stored before it ends. */
  CANCEL_AND_COLLECT("collecting");

  private final String label;

  ChainMishap(String label) {
    this.label = label;
  }

  /** The word for it in the line that a run prints. */
  String label() {
    return label;
  }

  /** Whether a step may fail of it for no fault of its own, and then waits for a retry. */
  boolean mayFailAStep() {
    return isReset() || this == FAILED_STEP;
  }

  boolean isReset() {
    return switch (this) {
      case RESET_WHILE_A_STEP_RUNS, RESET_AFTER_A_STEP, RESET_AFTER_THE_END, RESET_OF_A_STEP ->
          true;
      default -> false;
    };
  }

  /** Whether its moment soon passes; the others wait for a person. */
  boolean mayComeAtAnyMoment() {
    return this != KILL_DURING_APPROVAL && this != FAILED_STEP && this != RESET_AFTER_THE_END;
  }

  boolean isCancel() {
    return this == CANCEL || this == CANCEL_AND_COLLECT;
  }
}
