package seedance.workflows.generation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.WireForm;

/**
 * The service's own verdict against a request or a task. Nothing in it also stands in the request.
 *
 * @param failure what it means, by our catalogue
 * @param code the service's code, such as {@code OutputVideoSensitiveContentDetected}; the HTTP
 *     status where it refused a request without a word; null where it gave none
 * @param param the request's field that the service names; null where it names none
 * @param requestId the service's id of the exchange, for its support; null where it gave none
 * @param message what the service says in its own words, in one line of at most 300 characters,
 *     without URLs and without what it quotes of the request; null where it says nothing, where the
 *     request was not at hand to compare with, and in the answers of older workers
 */
@WireForm
public record ServiceError(
    FailureType failure,
    @Nullable String code,
    @Nullable String param,
    @Nullable String requestId,
    @Nullable String message) {
  /** One that says nothing in its own words. */
  public ServiceError(
      FailureType failure,
      @Nullable String code,
      @Nullable String param,
      @Nullable String requestId) {
    this(failure, code, param, requestId, null);
  }

  public ServiceError {
    Objects.requireNonNull(failure, "failure");
  }
}
