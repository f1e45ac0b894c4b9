package seedance.workflows.chain;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.Json;

/**
 * Several generations as one durable thing. A step's request may refer to what another step makes
 * ({@code step://ID/video}), and these references are the graph: independent steps run side by
 * side, each as a child {@code VideoGeneration} with the id {@code CHAIN-ID.STEP-ID}.
 *
 * <p>Started by any Temporal client: {@code temporal workflow start --type VideoChain --task-queue
 * seedance --input-file chain.json}.
 */
@WorkflowInterface
public interface VideoChainWorkflow {

  /** The workflow type. */
  String TYPE = "VideoChain";

  /**
   * Runs every step, and ends when each is finished, skipped or given up.
   *
   * @param chain {@code {"steps":[{"id":…,"request":{…},"approve":false}]}}
   * @param options what concerns the run and not the videos, a film of their clips included; null
   *     for the defaults
   * @throws io.temporal.failure.ApplicationFailure of a type that {@link
   *     seedance.workflows.generation.FailureType} lists, with a {@link ChainFailure} as its detail
   */
  @WorkflowMethod(name = TYPE)
  ChainResult run(Chain chain, @Nullable ChainOptions options);

  /** Where every step stands. */
  @QueryMethod(name = "progress")
  ChainProgress progress();

  /**
   * Decides about a step that has {@code "approve": true}, or that could break the budget; it may
   * come before the chain waits for it. An approval of a step with {@code "approve": true} lets it
   * break the budget only where the chain said beforehand that it could; else the step waits again.
   *
   * @param decision {@code {"step":ID}} approves it, {@code {"step":ID,"request":{…}}} approves it
   *     with another request, which is checked again, and {@code {"step":ID,"reject":"reason"}}
   *     gives it up with all that hangs on it, also where it has failed
   * @return where the chain stands
   * @throws io.temporal.failure.ApplicationFailure of type {@code DecisionRefused}, with the reason
   */
  @UpdateMethod(name = "approveStep")
  ChainProgress approveStep(Json decision);

  /**
   * Runs a failed step again, and then what hangs on it.
   *
   * @param decision {@code {"step":ID}}, or {@code {"step":ID,"request":{…}}} for another request,
   *     which is checked again
   * @return where the chain stands
   * @throws io.temporal.failure.ApplicationFailure of type {@code DecisionRefused}, with the reason
   */
  @UpdateMethod(name = "retryStep")
  ChainProgress retryStep(Json decision);

  /**
   * Skips a step that waits or has failed, and that no other step is yet to be made from.
   *
   * @param decision {@code {"step":ID}}
   * @return where the chain stands
   * @throws io.temporal.failure.ApplicationFailure of type {@code DecisionRefused}, with the reason
   */
  @UpdateMethod(name = "skipStep")
  ChainProgress skipStep(Json decision);

  /**
   * Raises the budget to a new total, or sets a first one.
   *
   * @param budget {@code {"amount":80,"currency":"CNY"}}; without a currency, in that of the budget
   *     there is, or of the prices
   * @return where the chain stands
   * @throws io.temporal.failure.ApplicationFailure of type {@code DecisionRefused}, with the reason
   */
  @UpdateMethod(name = "raiseBudget")
  ChainProgress raiseBudget(Json budget);
}
