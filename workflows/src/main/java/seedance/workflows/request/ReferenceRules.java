package seedance.workflows.request;

import java.util.Optional;

/** Where a reference to another generation may stand, and how it is written. */
final class ReferenceRules {
  /** Whether a request stands alone or is a chain's step. */
  enum Place {
    ALONE,
    IN_CHAIN
  }

  private ReferenceRules() {}

  /**
   * Returns what is wrong with a text that {@link OutputReference#isMeant}, if anything.
   *
   * @param wanted what a reference can be here; empty where none can stand
   */
  static Optional<String> fault(String text, Optional<GenerationOutput> wanted, Place place) {
    if (wanted.isEmpty()) {
      return Optional.of(
          "is a reference to a generation, which makes no medium of this kind: write https://… or"
              + " asset://ID");
    }
    boolean step = StepReference.isMeant(text);
    String right = (step ? "step://ID/" : "generation://WORKFLOW-ID/") + wanted.get().label();
    if (step && place == Place.ALONE) {
      return Optional.of(
          "names a step, which has a meaning inside a chain only: write generation://WORKFLOW-ID/"
              + wanted.get().label());
    }
    Optional<OutputReference> reference = OutputReference.of(text);
    if (reference.isEmpty()) {
      Optional<String> ofTheId = GenerationReference.problemOfIdIn(text);
      if (ofTheId.isPresent()) {
        return Optional.of("names a generation whose id " + ofTheId.get());
      }
      return Optional.of(
          "is not a reference to a %s: write %s, %s"
              .formatted(
                  step ? "step" : "generation",
                  right,
                  step
                      ? "ID being up to 64 letters, digits, \"_\" and \"-\""
                      : "WORKFLOW-ID being percent-encoded"));
    }
    return reference
        .map(OutputReference::output)
        .filter(output -> output != wanted.get())
        .map(
            output ->
                "names a %s, which cannot stand here: write %s".formatted(output.label(), right));
  }
}
