/**
 * Several generations that are made from one another: the workflow {@code VideoChain}, its
 * activities' interfaces, and the values that they exchange.
 *
 * <p>The flow is {@link seedance.workflows.chain.VideoChainWorkflowImpl}: validate, {@code
 * MakeStage}, {@code JoinStage}, {@code StoreStage}. What a chain must look like, {@link
 * seedance.workflows.chain.ChainRules} say.
 *
 * <p>The state of a running chain is {@code RunningChain}, the only one that changes it: a step is
 * a {@code StepRun}, with a {@code RunState} that says how far it is. {@code ChainView} makes
 * {@link seedance.workflows.chain.ChainProgress} of it, {@code ChainSign} shows it in the Temporal
 * UI. {@code StepDecisions} is what people decide, {@code Budget} what it may cost.
 *
 * <p>Contract: {@link seedance.workflows.chain.VideoChainWorkflow}, its names and JSON, and
 * everything with {@link seedance.workflows.json.WireForm}, which stands in histories. A change
 * must replay the recorded histories.
 */
@NullMarked
package seedance.workflows.chain;

import org.jspecify.annotations.NullMarked;
