package seedance.workflows.request;

/** The forms a request can have, by the names used in JSON, labels and the command line. */
enum ModeName {
  TEXT("text"),
  FRAMES("frames"),
  REFERENCE("reference"),
  FINAL("final");

  private final String label;

  ModeName(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
