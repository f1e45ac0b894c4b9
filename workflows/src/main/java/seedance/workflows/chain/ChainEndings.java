package seedance.workflows.chain;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.Map;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.VideoGenerationWorkflow;

/** How a chain ends without a result. */
final class ChainEndings {
  private final ChainStanding chain;
  private final DecisionMemo memo;

  ChainEndings(ChainStanding chain, DecisionMemo memo) {
    this.chain = chain;
    this.memo = memo;
  }

  /** What to throw; a cancelled chain's last words are in its memo. */
  TemporalFailure ended(TemporalFailure failure) {
    memo.clear();
    if (isCancel(failure)) {
      ChainFailure ending = ChainFailure.of(FailureType.CHAIN_CANCELLED, null, null);
      chain.giveUpCancelled();
      chain.report("Cancelled");
      Workflow.upsertMemo(Map.of(VideoGenerationWorkflow.ENDING_MEMO, ending));
      return new CanceledFailure(ending.message());
    }
    ApplicationFailure named =
        failure instanceof ApplicationFailure application
            ? application
            : ChainFailure.of(FailureType.INTERNAL_ERROR, null, failure.getClass().getSimpleName())
                .toApplicationFailure();
    chain.report("Failed: " + named.getOriginalMessage());
    return named;
  }

  static boolean isCancel(TemporalFailure failure) {
    return failure instanceof CanceledFailure || failure.getCause() instanceof CanceledFailure;
  }
}
