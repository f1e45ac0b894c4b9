package seedance.workflows.chain;

import io.temporal.common.converter.RawValue;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

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
}
