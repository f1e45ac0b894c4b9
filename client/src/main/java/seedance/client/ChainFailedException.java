package seedance.client;

import io.temporal.client.WorkflowFailedException;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.Values;
import io.temporal.failure.ApplicationFailure;
import java.util.Objects;
import java.util.Optional;
import seedance.workflows.chain.ChainFailure;

/**
 * A chain ended without a result. The message says which step it was, why and what to do; the clips
 * of finished steps are stored all the same.
 */
public final class ChainFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String NO_WORD =
      " before it could say how its steps ended: their own workflows (CHAIN-ID.STEP-ID) say it. A new"
          + " chain whose options.reuse names this one reuses finished steps.";

  private final String workflowId;
  private final Ending ending;
  private final transient Optional<ChainFailure> failure;

  private ChainFailedException(
      WorkflowFailedException failed, Ending ending, Optional<ChainFailure> failure, String said) {
    super(said, failed);
    this.workflowId = failed.getExecution().getWorkflowId();
    this.ending = Objects.requireNonNull(ending, "ending");
    this.failure = Objects.requireNonNull(failure, "failure");
  }

  /**
   * Reads what any Temporal client got when it asked for the result of a {@code VideoChain},
   * whoever started it.
   */
  public static ChainFailedException of(WorkflowFailedException failed) {
    Ending ending = Ending.of(failed);
    if (failed.getCause() instanceof ApplicationFailure application) {
      Optional<ChainFailure> detail = detail(application.getDetails());
      return new ChainFailedException(
          failed,
          ending,
          detail,
          detail.map(ChainFailure::message).orElseGet(application::getOriginalMessage));
    }
    return new ChainFailedException(failed, ending, Optional.empty(), ending.inWords() + NO_WORD);
  }

  /** A cancelled chain, with what its workflow left in {@code ENDING_MEMO}. */
  static ChainFailedException cancelled(WorkflowFailedException failed, ChainFailure ending) {
    return new ChainFailedException(
        failed, Ending.CANCELLED, Optional.of(ending), ending.message());
  }

  private static Optional<ChainFailure> detail(Values details) {
    try {
      return details == null || details.getSize() == 0
          ? Optional.empty()
          : Optional.ofNullable(details.get(0, ChainFailure.class));
    } catch (DataConverterException notOurs) {
      return Optional.empty();
    }
  }

  /** Which chain. */
  public String workflowId() {
    return workflowId;
  }

  /** How it ended. */
  public Ending ending() {
    return ending;
  }

  /**
   * The failure by our catalogue, with the step and that step's own failure; empty where the chain
   * could not say it, and after deserialization.
   */
  public Optional<ChainFailure> failure() {
    return failure == null ? Optional.empty() : failure;
  }
}
