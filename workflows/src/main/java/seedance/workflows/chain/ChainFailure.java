package seedance.workflows.chain;

import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.Failure;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.FailureType.FailureClass;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.json.Violation;
import seedance.workflows.json.WireForm;

/**
 * Why a chain failed: the first detail of the {@link ApplicationFailure} that a caller sees.
 *
 * @param type from the catalogue
 * @param charged of a failed chain the worst of the steps that it ended without, by all of their
 *     attempts; of a cancelled one maybe while any task may go on, else whether anything of it was
 *     charged
 * @param step which step; null where it is the chain as a whole
 * @param problem what happened, in words; null where the type says it all
 * @param cause the step's own failure; null where it has none
 * @param others the other steps that failed by themselves, or were given up by someone
 * @param violations the broken rules; else empty
 */
@WireForm
public record ChainFailure(
    FailureType type,
    FailureClass failureClass,
    Charged charged,
    @Nullable String step,
    @Nullable String problem,
    String advice,
    @Nullable GenerationFailure cause,
    List<LostStep> others,
    List<Violation> violations)
    implements Failure {
  private static final int VIOLATIONS_IN_MESSAGE = 20;
  private static final int STEPS_IN_MESSAGE = 10;

  public ChainFailure {
    Objects.requireNonNull(type, "type");
    others = others == null ? List.of() : List.copyOf(others);
    violations = violations == null ? List.of() : List.copyOf(violations);
  }

  /**
   * A step without which a chain ended, for a reason of its own.
   *
   * @param problem what happened, in words
   * @param cause its generation's failure; null where it has none
   */
  @WireForm
  public record LostStep(String step, String problem, @Nullable GenerationFailure cause) {
    public LostStep {
      Objects.requireNonNull(step, "step");
    }

    private String inWords() {
      return "step " + step + ": " + (cause != null ? cause.clause() : problem);
    }
  }

  static ChainFailure invalid(FailureType type, List<Violation> violations) {
    return invalid(type, null, violations);
  }

  static ChainFailure invalid(FailureType type, @Nullable String step, List<Violation> violations) {
    return new ChainFailure(
        type,
        type.failureClass(),
        type.charged(),
        step,
        null,
        type.advice(),
        null,
        List.of(),
        violations);
  }

  static ChainFailure of(FailureType type, @Nullable String step, @Nullable String problem) {
    return of(type, type.charged(), step, problem);
  }

  static ChainFailure of(
      FailureType type, Charged charged, @Nullable String step, @Nullable String problem) {
    return new ChainFailure(
        type,
        type.failureClass(),
        charged,
        step,
        problem,
        type.advice(),
        null,
        List.of(),
        List.of());
  }

  /**
   * @param lost the steps without which a chain ended; one or more
   */
  static ChainFailure of(FailureType type, Charged charged, List<LostStep> lost) {
    LostStep first = lost.get(0);
    return new ChainFailure(
        type,
        type.failureClass(),
        charged,
        first.step(),
        first.problem(),
        type.advice(),
        first.cause(),
        lost.subList(1, lost.size()),
        List.of());
  }

  /**
   * Finds the failure of a chain in what a Temporal client or a stub has thrown: {@link
   * Failure#in}.
   */
  public static Optional<ChainFailure> in(Throwable thrown) {
    return Failure.in(thrown, ChainFailure.class);
  }

  @Override
  public String message() {
    return "%s%s. %s%s%s"
        .formatted(
            step != null && !others.isEmpty() || type == FailureType.STEP_FAILED
                ? lostSteps()
                : what(),
            brokenRules(),
            type.chargeInWords(charged),
            cause == null || !others.isEmpty() ? "" : cause.advice() + " ",
            advice);
  }

  private String what() {
    return (step == null ? "" : "step " + step + ": ")
        + type.meaning()
        + (problem == null ? "" : ": " + problem);
  }

  private String lostSteps() {
    String first = "step " + step + ": " + (cause != null ? cause.clause() : problem);
    String named =
        Stream.concat(Stream.of(first), others.stream().map(LostStep::inWords))
            .limit(STEPS_IN_MESSAGE)
            .collect(Collectors.joining("; "));
    int more = 1 + others.size() - STEPS_IN_MESSAGE;
    return (others.isEmpty() ? type.meaning() : "the chain ended without these steps")
        + ": "
        + named
        + (more > 0 ? "; and " + more + " more" : "");
  }

  private String brokenRules() {
    if (violations.isEmpty()) {
      return "";
    }
    int more = violations.size() - VIOLATIONS_IN_MESSAGE;
    return violations.stream()
        .limit(VIOLATIONS_IN_MESSAGE)
        .map(Violation::toString)
        .collect(Collectors.joining("; ", ": ", more > 0 ? "; and " + more + " more" : ""));
  }

  ApplicationFailure toApplicationFailure() {
    ApplicationFailure failure =
        ApplicationFailure.newNonRetryableFailure(message(), type.type(), this);
    failure.setStackTrace(new StackTraceElement[0]);
    return failure;
  }
}
