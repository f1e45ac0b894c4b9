package seedance.worker.dev.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Decides whether the service would take a create's body. Must be safe for use by many threads. */
@FunctionalInterface
public interface BodyCheck {

  /**
   * Checks one body.
   *
   * @param body any JSON value
   * @return empty if the service would create a task, else its refusal
   */
  Optional<SimulatedError> check(JsonNode body);
}
