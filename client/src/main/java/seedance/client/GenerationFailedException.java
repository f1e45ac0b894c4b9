package seedance.client;

import io.temporal.client.WorkflowFailedException;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.Values;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.GenerationFailure;

/** A generation ended without a result. The message says why, what it cost and what to do. */
public final class GenerationFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String NO_WORD =
      " before it could say what became of its task: one may exist and be charged. Look at the"
          + " service's task list before starting again.";

  private final String workflowId;
  private final Ending ending;
  private final transient Optional<GenerationFailure> failure;

  private GenerationFailedException(
      String workflowId,
      Ending ending,
      Optional<GenerationFailure> failure,
      String message,
      Throwable cause) {
    super(message, cause);
    this.workflowId = Objects.requireNonNull(workflowId, "workflowId");
    this.ending = Objects.requireNonNull(ending, "ending");
    this.failure = Objects.requireNonNull(failure, "failure");
  }

  /**
   * Reads what any Temporal client got when it asked for the result of a {@code VideoGeneration},
   * whoever started it.
   */
  public static GenerationFailedException of(WorkflowFailedException failed) {
    String workflowId = failed.getExecution().getWorkflowId();
    Throwable cause = failed.getCause();
    if (cause instanceof ApplicationFailure application) {
      GenerationFailure failure =
          detail(application.getDetails()).orElseGet(() -> withoutDetail(application));
      return new GenerationFailedException(
          workflowId, Ending.FAILED, Optional.of(failure), failure.message(), failed);
    }
    Ending ending = Ending.of(failed);
    return new GenerationFailedException(
        workflowId, ending, Optional.empty(), ending.inWords() + NO_WORD, failed);
  }

  /** A cancelled generation, with what its workflow left in {@code ENDING_MEMO}. */
  static GenerationFailedException cancelled(
      WorkflowFailedException failed, GenerationFailure ending) {
    return new GenerationFailedException(
        failed.getExecution().getWorkflowId(),
        Ending.CANCELLED,
        Optional.of(ending),
        ending.message(),
        failed);
  }

  private static Optional<GenerationFailure> detail(Values details) {
    try {
      return details == null || details.getSize() == 0
          ? Optional.empty()
          : Optional.ofNullable(details.get(0, GenerationFailure.class));
    } catch (DataConverterException notOurs) {
      return Optional.empty();
    }
  }

  /** Some other code of the host's worker failed the workflow, or a much older version of ours. */
  private static GenerationFailure withoutDetail(ApplicationFailure failure) {
    return failure(FailureType.ofType(failure.getType()), null, failure.getOriginalMessage());
  }

  private static GenerationFailure failure(FailureType type, String taskId, String problem) {
    return new GenerationFailure(
        type,
        type.failureClass(),
        type.charged(),
        taskId,
        null,
        null,
        null,
        problem,
        type.advice(),
        List.of());
  }

  /** Which generation. */
  public String workflowId() {
    return workflowId;
  }

  /** How it ended. */
  public Ending ending() {
    return ending;
  }

  /**
   * The failure by our catalogue; always there for {@link Ending#FAILED}, and for {@link
   * Ending#CANCELLED} where a worker could still say which task goes on. Empty after
   * deserialization.
   */
  public Optional<GenerationFailure> failure() {
    return failure == null ? Optional.empty() : failure;
  }

  /** Whether the service may charge for it; true as well where nobody could say. */
  public boolean mayBeCharged() {
    return failure().map(known -> known.charged() != Charged.NO).orElse(true);
  }
}
