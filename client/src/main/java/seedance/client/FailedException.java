package seedance.client;

import io.temporal.client.WorkflowFailedException;
import java.util.Objects;
import java.util.Optional;
import seedance.workflows.generation.Failure;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.FailureType.FailureClass;

/**
 * A generation or a chain ended without a result. The message says why, whether it was charged and
 * what to do.
 */
public abstract sealed class FailedException extends RuntimeException
    permits GenerationFailedException, ChainFailedException {
  private static final long serialVersionUID = 1L;

  private final String workflowId;
  private final Ending ending;
  private final String advice;

  /**
   * @param advice where there is no failure to say it
   */
  FailedException(WorkflowFailedException failed, Ending ending, String message, String advice) {
    super(message, failed);
    this.workflowId = failed.getExecution().getWorkflowId();
    this.ending = Objects.requireNonNull(ending, "ending");
    this.advice = Objects.requireNonNull(advice, "advice");
  }

  /** Which generation or chain. */
  public final String workflowId() {
    return workflowId;
  }

  /** How it ended. */
  public final Ending ending() {
    return ending;
  }

  /**
   * The failure by our catalogue; always there for a generation that ended as {@link
   * Ending#FAILED}, and for what was {@link Ending#CANCELLED} where a worker could still say what
   * goes on. Empty after deserialization.
   */
  public abstract Optional<? extends Failure> failure();

  /** From the catalogue; empty where {@link #failure()} is. */
  public final Optional<FailureType> type() {
    return failure().map(Failure::type);
  }

  /** Who can do something about it; empty where {@link #failure()} is. */
  public final Optional<FailureClass> failureClass() {
    return failure().map(Failure::failureClass);
  }

  /** Whether the service charges for it; maybe as well where nobody could say. */
  public Charged charged() {
    return failure().<Charged>map(Failure::charged).orElse(Charged.MAYBE);
  }

  /** What to do. */
  public final String advice() {
    return failure().<String>map(Failure::advice).orElse(advice);
  }
}
