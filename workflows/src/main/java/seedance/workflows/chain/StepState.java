package seedance.workflows.chain;

import com.fasterxml.jackson.annotation.JsonValue;

/** Where a step of a chain stands. */
public enum StepState {
  WAITING("waiting", "waits for other steps"),
  APPROVAL("approval", "waits for your approval"),
  BUDGET("budget", "waits for budget"),
  QUEUED("queued", "waits for its turn"),
  RUNNING("running", "is being made"),
  DONE("done", "done"),
  REUSED("reused", "reused, not made again"),
  FAILED("failed", "failed, waits for your decision"),
  GIVEN_UP("givenUp", "given up"),
  SKIPPED("skipped", "skipped");

  private final String label;
  private final String inWords;

  StepState(String label, String inWords) {
    this.label = label;
    this.inWords = inWords;
  }

  @JsonValue
  public String label() {
    return label;
  }

  /** For people. */
  public String inWords() {
    return inWords;
  }

  /** Whether its clip is there. */
  public boolean isFinished() {
    return this == DONE || this == REUSED;
  }

  /** Whether nothing more happens to it. */
  public boolean isOver() {
    return isFinished() || this == GIVEN_UP || this == SKIPPED;
  }

  /** Whether it waits for a person. */
  public boolean needsDecision() {
    return this == APPROVAL || this == BUDGET || this == FAILED;
  }
}
