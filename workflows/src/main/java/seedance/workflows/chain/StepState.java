package seedance.workflows.chain;

import com.fasterxml.jackson.annotation.JsonValue;

/** Where a step of a chain stands. */
public enum StepState {
  WAITING("waiting", "waiting", "", "other steps"),
  APPROVAL("approval", "waiting", "", "your approval"),
  BUDGET("budget", "waiting", "", "budget"),
  QUEUED("queued", "waiting", "", "its turn"),
  RUNNING("running", "running", "is being made"),
  DONE("done", "done", "done"),
  REUSED("reused", "reused", "reused, not made again"),
  FAILED("failed", "failed", "failed, ", "your decision"),
  GIVEN_UP("givenUp", "given up", "given up"),
  SKIPPED("skipped", "skipped", "skipped");

  private final String label;
  private final String inShort;
  private final String inWords;
  private final String waitsFor;

  StepState(String label, String inShort, String inWords) {
    this.label = label;
    this.inShort = inShort;
    this.inWords = inWords;
    this.waitsFor = "";
  }

  StepState(String label, String inShort, String before, String waitsFor) {
    this.label = label;
    this.inShort = inShort;
    this.inWords = before + "waits for " + waitsFor;
    this.waitsFor = waitsFor;
  }

  @JsonValue
  public String label() {
    return label;
  }

  /** The word in JSON. */
  @Override
  public String toString() {
    return label;
  }

  /** For people. */
  public String inWords() {
    return inWords;
  }

  /** For a column of a table, beside what it waits for. */
  String inShort() {
    return inShort;
  }

  /** Empty for nothing. */
  String waitsFor() {
    return waitsFor;
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
