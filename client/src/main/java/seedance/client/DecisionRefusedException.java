package seedance.client;

import io.temporal.client.WorkflowUpdateException;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import java.util.Objects;
import java.util.stream.Collectors;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.request.Violation;

/**
 * A decision was not taken, and the generation or chain goes on as before. The message is the
 * reason, one clause.
 */
public final class DecisionRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String workflowId;

  private DecisionRefusedException(String workflowId, String reason, Throwable cause) {
    super(reason, cause);
    this.workflowId = Objects.requireNonNull(workflowId, "workflowId");
  }

  static DecisionRefusedException of(WorkflowUpdateException refused) {
    return new DecisionRefusedException(
        refused.getExecution().getWorkflowId(), reason(refused.getCause()), refused);
  }

  private static String reason(Throwable cause) {
    if (!(cause instanceof ApplicationFailure failure)) {
      return "the workflow could not follow it";
    }
    try {
      GenerationFailure detail = failure.getDetails().get(GenerationFailure.class);
      return detail == null ? fromMessage(failure) : reason(detail);
    } catch (DataConverterException | IllegalArgumentException noneOfOurs) {
      return fromMessage(failure);
    }
  }

  private static String reason(GenerationFailure detail) {
    return detail.violations().isEmpty()
        ? detail.problem()
        : detail.violations().stream().map(Violation::toString).collect(Collectors.joining("; "));
  }

  /** What a validator refuses arrives as its message alone. */
  private static String fromMessage(ApplicationFailure failure) {
    String message = failure.getOriginalMessage();
    String before = FailureType.DECISION_REFUSED.meaning() + ": ";
    String after = ". " + FailureType.DECISION_REFUSED.advice();
    return message.startsWith(before) && message.endsWith(after)
        ? message.substring(before.length(), message.length() - after.length())
        : message;
  }

  /** Which generation or chain. */
  public String workflowId() {
    return workflowId;
  }
}
