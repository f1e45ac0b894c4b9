package seedance.client;

import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.ApplicationFailure;
import java.util.Objects;
import java.util.Optional;
import seedance.workflows.chain.ChainFailure;

/**
 * A chain ended without a result. The message says which step it was, why and what to do; the clips
 * of finished steps are stored all the same.
 */
public final class ChainFailedException extends FailedException {
  private static final long serialVersionUID = 1L;

  private static final String ADVICE =
      "A new chain whose options.reuse names this one reuses finished steps.";
  private static final String NO_WORD =
      " before it could say how its steps ended: their own workflows (CHAIN-ID.STEP-ID) say it. "
          + ADVICE;

  private final transient Optional<ChainFailure> failure;

  private ChainFailedException(
      WorkflowFailedException failed, Ending ending, Optional<ChainFailure> failure, String said) {
    super(failed, ending, said, ADVICE);
    this.failure = Objects.requireNonNull(failure, "failure");
  }

  /**
   * Reads what any Temporal client got when it asked for the result of a {@code VideoChain},
   * whoever started it.
   */
  public static ChainFailedException of(WorkflowFailedException failed) {
    Ending ending = Ending.of(failed);
    Optional<ChainFailure> failure = ChainFailure.in(failed);
    return new ChainFailedException(
        failed,
        ending,
        failure,
        failure
            .map(ChainFailure::message)
            .orElseGet(
                () ->
                    failed.getCause() instanceof ApplicationFailure other
                        ? other.getOriginalMessage()
                        : ending.inWords() + NO_WORD));
  }

  /** A cancelled chain, with what its workflow left in {@code ENDING_MEMO}. */
  static ChainFailedException cancelled(WorkflowFailedException failed, ChainFailure ending) {
    return new ChainFailedException(
        failed, Ending.CANCELLED, Optional.of(ending), ending.message());
  }

  /** With the step, and that step's own failure. */
  @Override
  public Optional<ChainFailure> failure() {
    return failure == null ? Optional.empty() : failure;
  }
}
