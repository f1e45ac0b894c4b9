package seedance.workflows.generation;

import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.FailureType.FailureClass;
import seedance.workflows.json.Violation;
import seedance.workflows.json.WireForm;

/**
 * Why a generation failed: the first detail of the {@link ApplicationFailure} that a caller sees.
 *
 * @param type from the catalogue
 * @param charged as {@link FailureType#charged()}; but maybe instead of no where an earlier
 *     submission went without an answer
 * @param taskId the service's task; null where none is known
 * @param code the service's own code; null where it gave none
 * @param param the request's field that the service names; null where it names none
 * @param requestId for the service's support; null where it gave none
 * @param serviceMessage as in {@link ServiceError#message()}; null in failures of older versions
 * @param problem what was seen last, in our words; null where the type says it all
 * @param earlier what is known of earlier submissions that went without an answer and were given up
 *     for another, or were made before a reset, in words: each may have made a task that is
 *     charged; null where there are none
 * @param advice what to do
 * @param violations the broken rules, for {@link FailureType#INVALID_REQUEST} and {@link
 *     FailureType#DECISION_REFUSED}; else empty
 */
@WireForm
public record GenerationFailure(
    FailureType type,
    FailureClass failureClass,
    Charged charged,
    @Nullable String taskId,
    @Nullable String code,
    @Nullable String param,
    @Nullable String requestId,
    @Nullable String serviceMessage,
    @Nullable String problem,
    @Nullable String earlier,
    String advice,
    List<Violation> violations)
    implements Failure {
  private static final String ADVICE_ON_EARLIER =
      "A task of the earlier submission may exist and be charged: look at the service's task list"
          + " before starting again; one that is found there is fetched by a start with"
          + " options.adopt. ";
  private static final int VIOLATIONS_IN_MESSAGE = 20;

  /** One before which no submission was given up. */
  public GenerationFailure(
      FailureType type,
      FailureClass failureClass,
      Charged charged,
      @Nullable String taskId,
      @Nullable String code,
      @Nullable String param,
      @Nullable String requestId,
      @Nullable String serviceMessage,
      @Nullable String problem,
      String advice,
      List<Violation> violations) {
    this(
        type,
        failureClass,
        charged,
        taskId,
        code,
        param,
        requestId,
        serviceMessage,
        problem,
        null,
        advice,
        violations);
  }

  public GenerationFailure {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(advice, "advice");
    violations = violations == null ? List.of() : List.copyOf(violations);
  }

  static GenerationFailure invalidRequest(List<Violation> violations) {
    return of(FailureType.INVALID_REQUEST, null, null, null, violations);
  }

  static GenerationFailure refusedDecision(List<Violation> violations) {
    return of(FailureType.DECISION_REFUSED, null, null, null, violations);
  }

  static GenerationFailure byService(ServiceError error, @Nullable String taskId) {
    return of(error.failure(), taskId, error, null, List.of());
  }

  static GenerationFailure because(
      FailureType type, @Nullable String taskId, @Nullable String problem) {
    return of(type, taskId, null, problem, List.of());
  }

  private static GenerationFailure of(
      FailureType type,
      @Nullable String taskId,
      @Nullable ServiceError error,
      @Nullable String problem,
      List<Violation> violations) {
    return new GenerationFailure(
        type,
        type.failureClass(),
        type.charged(),
        taskId,
        error == null ? null : error.code(),
        error == null ? null : error.param(),
        error == null ? null : error.requestId(),
        error == null ? null : error.message(),
        problem,
        type.advice(),
        violations);
  }

  /**
   * The same where submissions before it were given up.
   *
   * @param submissions as in {@link #earlier()}; null for none
   */
  GenerationFailure after(@Nullable String submissions) {
    if (submissions == null) {
      return this;
    }
    boolean isFree = charged == Charged.NO;
    return new GenerationFailure(
        type,
        failureClass,
        isFree ? Charged.MAYBE : charged,
        taskId,
        code,
        param,
        requestId,
        serviceMessage,
        problem,
        submissions,
        isFree ? ADVICE_ON_EARLIER + advice : advice,
        violations);
  }

  /**
   * Finds the failure of a generation in what a Temporal client or a stub has thrown: {@link
   * Failure#in}.
   */
  public static Optional<GenerationFailure> in(Throwable thrown) {
    return Failure.in(thrown, GenerationFailure.class);
  }

  @Override
  public String message() {
    return clause() + ". " + type.chargeInWords(charged) + advice;
  }

  /** What happened, with the service's own code, words and request id where they are known. */
  public String clause() {
    StringBuilder message = new StringBuilder(type.meaning());
    if (code != null) {
      message.append(" (").append(code).append(param == null ? "" : ", field " + param).append(")");
    }
    if (serviceMessage != null) {
      message.append(": \"").append(serviceMessage).append('"');
    }
    if (problem != null) {
      message.append(": ").append(problem);
    }
    if (!violations.isEmpty()) {
      message.append(
          violations.stream()
              .limit(VIOLATIONS_IN_MESSAGE)
              .map(Violation::toString)
              .collect(Collectors.joining("; ", ": ", "")));
      if (violations.size() > VIOLATIONS_IN_MESSAGE) {
        message.append("; and ").append(violations.size() - VIOLATIONS_IN_MESSAGE).append(" more");
      }
    }
    if (earlier != null) {
      message.append("; ").append(earlier);
    }
    String ids =
        Stream.of(named("task", taskId), named("request", requestId))
            .filter(id -> !id.isEmpty())
            .collect(Collectors.joining(", "));
    return (ids.isEmpty() ? message : message.append(" [").append(ids).append(']')).toString();
  }

  private static String named(String what, @Nullable String id) {
    return id == null ? "" : what + " " + id;
  }

  /** As the failure that ends the workflow; never retried by anyone's retry policy. */
  public ApplicationFailure toApplicationFailure() {
    ApplicationFailure failure =
        ApplicationFailure.newNonRetryableFailure(message(), type.type(), this);
    if (failureClass != FailureClass.BUG) {
      // It would only push the type and the details out of sight in the UI.
      failure.setStackTrace(new StackTraceElement[0]);
    }
    return failure;
  }
}
