/**
 * One generation: the workflow {@code VideoGeneration}, its activities' interfaces, and the values
 * that they exchange.
 *
 * <p>The flow is {@link seedance.workflows.generation.VideoGenerationWorkflowImpl}: validate,
 * {@code SubmitStage} (and {@code ReconcileStage} where an answer was lost), {@code AwaitStage},
 * {@code HandOffStage}. {@code GenerationState} is where a run stands, {@code Endings} every way in
 * which it ends without a clip. What may be started, {@link
 * seedance.workflows.generation.GenerationRules} say.
 *
 * <p>Contract: {@link seedance.workflows.generation.VideoGenerationWorkflow}, its names and JSON;
 * everything with {@link seedance.workflows.json.WireForm}, which stands in histories; {@link
 * seedance.workflows.generation.FailureType}. A change must replay the recorded histories.
 */
@NullMarked
package seedance.workflows.generation;

import org.jspecify.annotations.NullMarked;
