package seedance.worker.dev.simulator;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a task stands, in the service's words. */
public enum SimulatedStatus {
  /** Waits for its turn; a delete cancels it. */
  QUEUED,
  /** Is being processed; cannot be cancelled. */
  RUNNING,
  /** Has a result, and is billed. */
  SUCCEEDED,
  /** Has an error, and costs nothing. */
  FAILED,
  /** Was not done within {@code execution_expires_after}. */
  EXPIRED,
  /** Was deleted while it was queued. */
  CANCELLED;

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing more will happen to the task. */
  public boolean terminal() {
    return this != QUEUED && this != RUNNING;
  }

  static Optional<SimulatedStatus> ofWire(String word) {
    return Arrays.stream(values()).filter(status -> status.wire().equals(word)).findFirst();
  }
}
