package seedance.workflows.generation;

import java.util.Objects;
import seedance.workflows.request.WireForm;

/**
 * The service's own verdict against a request or a task. Its message is left out on purpose: it may
 * quote the prompt or a signed URL.
 *
 * @param failure what it means, by our catalogue
 * @param code the service's code, such as {@code OutputVideoSensitiveContentDetected}; null where
 *     it gave none
 * @param param the request's field that the service names; null where it names none
 * @param requestId the service's id of the exchange, for its support; null where it gave none
 */
@WireForm
public record ServiceError(FailureType failure, String code, String param, String requestId) {
  public ServiceError {
    Objects.requireNonNull(failure, "failure");
  }
}
