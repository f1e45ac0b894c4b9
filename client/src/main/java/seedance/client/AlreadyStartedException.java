package seedance.client;

import java.util.Objects;

/**
 * A generation of that id runs or has succeeded, so nothing was started and nothing is charged
 * twice.
 */
public final class AlreadyStartedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient GenerationHandle existing;

  AlreadyStartedException(GenerationHandle existing, Throwable cause) {
    super("a generation " + existing.workflowId() + " runs or has succeeded already", cause);
    this.existing = Objects.requireNonNull(existing, "existing");
  }

  /** The generation that is there. Null after deserialization. */
  public GenerationHandle existing() {
    return existing;
  }
}
