package seedance.workflows.generation;

import com.fasterxml.jackson.annotation.JsonValue;

/** Which {@link Marker} a request can be given without changing its video or its acceptance. */
public enum Marking {
  /** The request leaves the seed open, and the catalogue says that its model surely takes one. */
  SEED("seed"),
  /** The request has no {@code safety_identifier}, and the operator lets us make one. */
  SAFETY_IDENTIFIER("safetyIdentifier"),
  /** Neither. */
  NONE("none");

  private final String label;

  Marking(String label) {
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
