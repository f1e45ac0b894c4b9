package seedance.client;

import io.temporal.client.WorkflowUpdateException;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import seedance.workflows.chain.ChainFailure;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.FailureType.FailureClass;
import seedance.workflows.json.Violation;

/**
 * A decision was not taken, and the generation or chain goes on as before. The message is the
 * reason, one clause, which begins with the step where it is about one.
 */
public final class DecisionRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What a validator refuses arrives as its message alone. */
  private static final Pattern MESSAGE =
      Pattern.compile(
          "(?:step (?<step>\\S+): )?%s: (?<reason>.*)\\. %s"
              .formatted(
                  Pattern.quote(FailureType.DECISION_REFUSED.meaning()),
                  Pattern.quote(FailureType.DECISION_REFUSED.advice())),
          Pattern.DOTALL);

  private final String workflowId;
  private final @Nullable String step;

  /**
   * Why.
   *
   * @param step null where it is not about one
   */
  private record Reason(@Nullable String step, String clause) {
    String inWords() {
      return step == null ? clause : "step " + step + ": " + clause;
    }
  }

  private DecisionRefusedException(String workflowId, Reason reason, Throwable cause) {
    super(reason.inWords(), cause);
    this.workflowId = Objects.requireNonNull(workflowId, "workflowId");
    this.step = reason.step();
  }

  static DecisionRefusedException of(WorkflowUpdateException refused) {
    return new DecisionRefusedException(
        refused.getExecution().getWorkflowId(), reason(refused.getCause()), refused);
  }

  private static Reason reason(@Nullable Throwable cause) {
    if (!(cause instanceof ApplicationFailure failure)) {
      return new Reason(null, "the workflow could not follow it");
    }
    try {
      // A generation's failure has the same fields, and no step.
      ChainFailure detail = failure.getDetails().get(ChainFailure.class);
      return detail == null ? fromMessage(failure) : reason(detail);
    } catch (DataConverterException | IllegalArgumentException noneOfOurs) {
      return fromMessage(failure);
    }
  }

  private static Reason reason(ChainFailure detail) {
    return new Reason(
        detail.step(),
        detail.violations().isEmpty()
            ? Objects.requireNonNullElse(detail.problem(), detail.type().meaning())
            : detail.violations().stream()
                .map(Violation::toString)
                .collect(Collectors.joining("; ")));
  }

  private static Reason fromMessage(ApplicationFailure failure) {
    Matcher ours = MESSAGE.matcher(failure.getOriginalMessage());
    return ours.matches()
        ? new Reason(ours.group("step"), ours.group("reason"))
        : new Reason(null, failure.getOriginalMessage());
  }

  /** Which generation or chain. */
  public String workflowId() {
    return workflowId;
  }

  /** The step that the refusal is about; empty where it is about none, as of a budget. */
  public Optional<String> step() {
    return Optional.ofNullable(step);
  }

  /** {@link FailureType#DECISION_REFUSED}. */
  public FailureType type() {
    return FailureType.DECISION_REFUSED;
  }

  /** Who can do something about it. */
  public FailureClass failureClass() {
    return type().failureClass();
  }

  /** Maybe: it ends nothing, so what was charged before, or will be, is as it was. */
  public Charged charged() {
    return type().charged();
  }

  /** What to do. */
  public String advice() {
    return type().advice();
  }
}
