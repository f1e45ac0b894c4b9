package seedance.workflows.chain;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a person can decide about a step that waits for a decision. */
public enum StepChoice {
  APPROVE("approve"),
  RAISE_BUDGET("raiseBudget"),
  RETRY("retry"),
  SKIP("skip"),
  REJECT("reject");

  private final String label;

  StepChoice(String label) {
    this.label = label;
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
}
