package seedance.workflows.chain;

import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.FailureType.FailureClass;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.request.Violation;
import seedance.workflows.request.WireForm;

/**
 * Why a chain failed: the first detail of the {@link ApplicationFailure} that a caller sees.
 *
 * @param type from the catalogue
 * @param step which step; null where it is the chain as a whole
 * @param problem what happened, in words; null where the type says it all
 * @param cause the step's own failure; null where it has none
 * @param violations the broken rules; else empty
 */
@WireForm
public record ChainFailure(
    FailureType type,
    FailureClass failureClass,
    Charged charged,
    String step,
    String problem,
    String advice,
    GenerationFailure cause,
    List<Violation> violations) {
  private static final int VIOLATIONS_IN_MESSAGE = 20;

  public ChainFailure {
    Objects.requireNonNull(type, "type");
    violations = violations == null ? List.of() : List.copyOf(violations);
  }

  static ChainFailure invalid(FailureType type, List<Violation> violations) {
    return new ChainFailure(
        type, type.failureClass(), type.charged(), null, null, type.advice(), null, violations);
  }

  static ChainFailure of(FailureType type, String step, String problem, GenerationFailure cause) {
    return new ChainFailure(
        type,
        type.failureClass(),
        cause == null ? type.charged() : cause.charged(),
        step,
        problem,
        cause == null ? type.advice() : cause.advice(),
        cause,
        List.of());
  }

  /** One readable paragraph: which step, what happened, whether it was charged, what to do. */
  public String message() {
    String where = step == null ? "" : "step " + step + ": ";
    String why =
        cause != null ? ": " + cause.type().meaning() : problem == null ? "" : ": " + problem;
    String broken =
        violations.stream()
            .limit(VIOLATIONS_IN_MESSAGE)
            .map(Violation::toString)
            .collect(Collectors.joining("; "));
    String more =
        violations.size() <= VIOLATIONS_IN_MESSAGE
            ? ""
            : "; and " + (violations.size() - VIOLATIONS_IN_MESSAGE) + " more";
    return "%s%s%s%s%s. %s %s"
        .formatted(
            where,
            type.meaning(),
            why,
            broken.isEmpty() ? "" : ": " + broken,
            more,
            charged.sentence(),
            advice);
  }

  ApplicationFailure toApplicationFailure() {
    ApplicationFailure failure =
        ApplicationFailure.newNonRetryableFailure(message(), type.type(), this);
    failure.setStackTrace(new StackTraceElement[0]);
    return failure;
  }
}
