package seedance.workflows.generation;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whether the service was asked to call back about a task. Either way a call ends a wait. */
public enum Callbacks {
  /** Not by us: callbacks are off, or the body has a {@code callback_url} of its own. */
  NOT_ASKED_FOR("notAskedFor"),

  /** The request held a URL of ours. */
  ASKED_FOR("askedFor");

  private final String label;

  Callbacks(String label) {
    this.label = label;
  }

  /** The word in JSON. */
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
