package seedance.workflows.chain;

import static seedance.workflows.request.UnreadArgument.isLong;
import static seedance.workflows.request.UnreadArgument.json;

import io.temporal.common.converter.RawValue;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import seedance.workflows.chain.StepDecision.May;
import seedance.workflows.generation.HistoryBudget;
import seedance.workflows.request.AnyJson;

/**
 * {@link VideoChainWorkflow} as a worker registers it: it takes its arguments unread, so that one
 * that is no JSON is refused by name instead of hanging the workflow.
 */
@WorkflowInterface
public interface UnreadVideoChain {

  /** Reads both arguments, then runs the chain. */
  @WorkflowMethod(name = VideoChainWorkflow.TYPE)
  ChainResult run(RawValue chain, RawValue options);

  /** Where every step stands. */
  @QueryMethod(name = "progress")
  ChainProgress progress();

  /** Reads the decision, then follows it. */
  @UpdateMethod(name = "approveStep")
  ChainProgress approveStep(RawValue decision);

  /** Refuses it without a trace where the history has no room for it. */
  @UpdateValidatorMethod(updateName = "approveStep")
  void checkApproval(RawValue decision);

  /** Reads the decision, then follows it. */
  @UpdateMethod(name = "retryStep")
  ChainProgress retryStep(RawValue decision);

  /** As of an approval. */
  @UpdateValidatorMethod(updateName = "retryStep")
  void checkRetry(RawValue decision);

  /** Reads the decision, then follows it. */
  @UpdateMethod(name = "skipStep")
  ChainProgress skipStep(RawValue decision);

  /** As of an approval. */
  @UpdateValidatorMethod(updateName = "skipStep")
  void checkSkip(RawValue decision);

  /** Reads the budget, then sets it. */
  @UpdateMethod(name = "raiseBudget")
  ChainProgress raiseBudget(RawValue budget);

  /** As of an approval. */
  @UpdateValidatorMethod(updateName = "raiseBudget")
  void checkBudget(RawValue budget);

  /** Reads the arguments, and leaves the rest to {@link VideoChainWorkflowImpl}. */
  final class Impl implements UnreadVideoChain {
    private final VideoChainWorkflowImpl read = new VideoChainWorkflowImpl();

    @Override
    public ChainResult run(RawValue chain, RawValue options) {
      return read.run(json(chain), json(options));
    }

    @Override
    public ChainProgress progress() {
      return read.progress();
    }

    @Override
    public ChainProgress approveStep(RawValue decision) {
      return read.approveStep(json(decision));
    }

    @Override
    public void checkApproval(RawValue decision) {
      read.checkDecision(fitting(decision), May.CHANGE_THE_REQUEST_OR_REJECT);
    }

    @Override
    public ChainProgress retryStep(RawValue decision) {
      return read.retryStep(json(decision));
    }

    @Override
    public void checkRetry(RawValue decision) {
      read.checkDecision(fitting(decision), May.CHANGE_THE_REQUEST);
    }

    @Override
    public ChainProgress skipStep(RawValue decision) {
      return read.skipStep(json(decision));
    }

    @Override
    public void checkSkip(RawValue decision) {
      read.checkDecision(fitting(decision), May.NOTHING_MORE);
    }

    @Override
    public ChainProgress raiseBudget(RawValue budget) {
      return read.raiseBudget(json(budget));
    }

    @Override
    public void checkBudget(RawValue budget) {
      read.checkBudget(fitting(budget));
    }

    private static AnyJson fitting(RawValue decision) {
      if (isLong(decision) && HistoryBudget.isUsedByAChain()) {
        throw Refusals.because(null, StepDecisions.HISTORY_IS_FULL);
      }
      return json(decision);
    }
  }
}
