package seedance.activities.provider;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import okhttp3.Headers;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.ServiceError;
import seedance.workflows.request.AnyJson;

/**
 * Why a task ended without a video. What the service says of it may quote the request, so it is
 * told only in comparison with that.
 */
public final class TaskError {
  private final Optional<FailureType> failure;
  private final ErrorBody said;
  private final ServiceWords words;

  TaskError(FailureType failure, ErrorBody said, ServiceWords words) {
    this(Optional.of(failure), said, words);
  }

  private TaskError(Optional<FailureType> failure, ErrorBody said, ServiceWords words) {
    this.failure = failure;
    this.said = Objects.requireNonNull(said, "said");
    this.words = Objects.requireNonNull(words, "words");
  }

  /** Of a task that failed as its error says. */
  static TaskError read(ErrorBody said, ServiceWords words) {
    return new TaskError(Optional.empty(), said, words);
  }

  /**
   * Of a task that ended otherwise, unless its error is one of those that refuse a request: what is
   * refused is refused again, whatever word the service ends it by.
   */
  static TaskError ended(FailureType byStatus, ErrorBody said, ServiceWords words) {
    boolean isRefused =
        words
            .meaning(said)
            .filter(meaning -> meaning.kind() == ErrorMeaning.Kind.REJECTED)
            .isPresent();
    return isRefused ? read(said, words) : new TaskError(byStatus, said, words);
  }

  /**
   * What a service says that is read elsewhere.
   *
   * @param code the service's code; "" where it gave none
   * @param param the request's field that it names; "" where it names none
   * @param requestId for its support; "" where it gave none
   * @param message its own text, which may quote the request; "" where it says nothing
   */
  public static TaskError of(
      FailureType failure, String code, String param, String requestId, String message) {
    ErrorBody read = ErrorBody.of(code, param, message, Headers.EMPTY);
    return new TaskError(
        failure,
        new ErrorBody(read.code(), read.param(), requestId, read.message(), List.of()),
        ServiceWords.builtIn());
  }

  /** What it means, by our catalogue, as far as can be said without the request. */
  public FailureType failure() {
    return failure(words);
  }

  /**
   * What says of a create that it may be sent again says of a task that there was no room for it.
   */
  private FailureType failure(ServiceWords words) {
    return failure.orElseGet(
        () ->
            words
                .meaning(said)
                .map(
                    meaning ->
                        switch (meaning.kind()) {
                          case REJECTED -> meaning.failure();
                          case NOT_CREATED -> FailureType.NO_CAPACITY;
                          case IN_DOUBT, NO_SUCH_TASK -> FailureType.TASK_FAILED;
                        })
                .orElse(FailureType.TASK_FAILED));
  }

  /**
   * What may be told.
   *
   * @param request that surely made the task; empty where it is not at hand: then there is no
   *     sentence, and only codes and fields that are known to all
   */
  public ServiceError told(Optional<AnyJson> request) {
    Redaction redaction = request.map(Redaction::of).orElseGet(Redaction::blind);
    ServiceWords heard = request.map(words::about).orElse(words);
    return redaction.told(said, failure(heard), heard);
  }

  /** Shows nothing that the service said. */
  @Override
  public String toString() {
    return failure().type();
  }
}
