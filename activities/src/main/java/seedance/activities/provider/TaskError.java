package seedance.activities.provider;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import okhttp3.Headers;
import seedance.activities.provider.ErrorMeaning.Kind;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.ServiceError;
import seedance.workflows.json.Json;

/**
 * Why a task ended without a video. What the service says of it may quote the request, so it is
 * told only in comparison with that.
 */
public final class TaskError {
  private final FailureType otherwise;
  private final boolean isRead;
  private final ErrorBody said;
  private final ServiceWords words;

  TaskError(FailureType failure, ErrorBody said, ServiceWords words) {
    this(failure, false, said, words);
  }

  private TaskError(FailureType otherwise, boolean isRead, ErrorBody said, ServiceWords words) {
    this.otherwise = Objects.requireNonNull(otherwise, "otherwise");
    this.isRead = isRead;
    this.said = Objects.requireNonNull(said, "said");
    this.words = Objects.requireNonNull(words, "words");
  }

  /**
   * Of a task that ended as its error says.
   *
   * @param otherwise what it means where the error says nothing: its status
   */
  static TaskError read(FailureType otherwise, ErrorBody said, ServiceWords words) {
    return new TaskError(otherwise, true, said, words);
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
    ErrorBody read = ErrorBody.of(code, param, message, Headers.EMPTY, List.of());
    return new TaskError(
        failure,
        new ErrorBody(read.code(), read.param(), requestId, read.message()),
        ServiceWords.builtIn());
  }

  /** What it means, by our catalogue, as far as can be said without the request. */
  public FailureType failure() {
    return failure(words);
  }

  /** Whether that is by one of its codes, and not by a sentence or a status. */
  boolean isDecidedByACode() {
    return words.decidingCode(said).isPresent();
  }

  /** What is refused is refused again, whatever word the service ends it by. */
  private FailureType failure(ServiceWords words) {
    return Optional.of(said)
        .filter(error -> isRead)
        .flatMap(words::meaning)
        .filter(meaning -> otherwise == FailureType.TASK_FAILED || meaning.kind() == Kind.REJECTED)
        .map(TaskError::failure)
        .orElse(otherwise);
  }

  /**
   * What says of a create that it may be sent again says of a task that there was no room for it.
   */
  private static FailureType failure(ErrorMeaning meaning) {
    return switch (meaning.kind()) {
      case REJECTED -> meaning.failure().orElseThrow();
      case NOT_CREATED -> FailureType.NO_CAPACITY;
      case IN_DOUBT, NO_SUCH_TASK -> FailureType.TASK_FAILED;
    };
  }

  /**
   * What may be told.
   *
   * @param request that surely made the task; empty where it is not at hand: then there is no
   *     sentence, and only codes and fields that are known to all
   */
  public ServiceError told(Optional<Json> request) {
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
