package seedance.workflows.request;

import java.util.Optional;

/**
 * A URL in a request that names what another generation makes, instead of a medium or a draft's
 * task at the service.
 */
public sealed interface OutputReference permits GenerationReference, StepReference {

  /** What of the other generation is meant. */
  GenerationOutput output();

  /** The reference as a request spells it. */
  String url();

  /** Reads a reference; empty where the text is none, or is one that is not written right. */
  static Optional<OutputReference> of(String text) {
    return StepReference.of(text)
        .<OutputReference>map(step -> step)
        .or(() -> GenerationReference.of(text));
  }

  /** Whether a text begins as references do, be it right or not. */
  static boolean isMeant(String text) {
    return StepReference.isMeant(text) || GenerationReference.isMeant(text);
  }
}
