package seedance.client;

import java.util.Objects;

/**
 * An earlier generation of that id failed in a way that may have been charged, so nothing was
 * started: it would be a second bill. {@link StartOptions#startingAgain()} starts it all the same;
 * a start whose {@code options.adopt} names the task of the earlier one fetches its clip.
 */
public final class MayBeChargedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient GenerationHandle earlier;

  MayBeChargedException(GenerationHandle earlier, GenerationFailedException ending) {
    super(
        "an earlier generation " + earlier.workflowId() + " may be charged: " + ending.getMessage(),
        ending);
    this.earlier = Objects.requireNonNull(earlier, "earlier");
  }

  /** How that one ended, and what it left behind. */
  public GenerationFailedException ending() {
    return (GenerationFailedException) getCause();
  }

  /** The generation that failed. Null after deserialization. */
  public GenerationHandle earlier() {
    return earlier;
  }
}
