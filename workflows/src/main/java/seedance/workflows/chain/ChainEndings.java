package seedance.workflows.chain;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.Map;
import java.util.function.Supplier;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.LastGuard;
import seedance.workflows.generation.VideoGenerationWorkflow;

/** How a chain ends without a result. */
final class ChainEndings {
  private final ChainStanding chain;
  private final DecisionMemo memo;

  ChainEndings(ChainStanding chain, DecisionMemo memo) {
    this.chain = chain;
    this.memo = memo;
  }

  /** Does the work of the workflow's own method; whatever ends it is a failure of the catalogue. */
  <T> T named(Supplier<T> work) {
    try {
      return work.get();
    } catch (TemporalFailure failure) {
      throw ended(failure);
    } catch (RuntimeException failure) {
      throw LastGuard.isBug(failure) ? ended(bug(failure)) : failure;
    }
  }

  /** Does the work of a handler; a bug in it ends the handler by name, and not the chain. */
  static void namedInAHandler(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failure) {
      throw LastGuard.isBug(failure) ? bug(failure) : failure;
    }
  }

  private static ApplicationFailure bug(RuntimeException failure) {
    return ChainFailure.of(FailureType.INTERNAL_ERROR, null, LastGuard.inWords(failure))
        .toApplicationFailure();
  }

  /** What to throw; a cancelled chain's last words are in its memo. */
  private TemporalFailure ended(TemporalFailure failure) {
    memo.clear();
    if (isCancel(failure)) {
      ChainFailure ending = ChainFailure.cancelled(chain.steps());
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
