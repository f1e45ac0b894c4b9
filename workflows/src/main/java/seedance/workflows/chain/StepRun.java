package seedance.workflows.chain;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.Cost;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.request.Money;

/** One step of a running chain, as the workflow keeps it in memory. */
final class StepRun {
  private StepPlan plan;
  private StepState state = StepState.WAITING;
  private String waitsFor;
  private String generation;
  private GenerationResult result;
  private GenerationFailure failure;
  private String problem;
  private boolean approved;
  private boolean goesOn;

  StepRun(StepPlan plan) {
    this.plan = Objects.requireNonNull(plan, "plan");
  }

  String id() {
    return plan.id();
  }

  StepPlan plan() {
    return plan;
  }

  StepState state() {
    return state;
  }

  Optional<GenerationResult> result() {
    return Optional.ofNullable(result);
  }

  Optional<GenerationFailure> failure() {
    return Optional.ofNullable(failure);
  }

  /** The generation that made it; only once it is finished. */
  String generation() {
    return generation;
  }

  String problem() {
    return problem;
  }

  boolean isApproved() {
    return approved;
  }

  /** Whether a person has sent a failed step on its way again. */
  boolean takeGoesOn() {
    boolean was = goesOn;
    goesOn = false;
    return was;
  }

  boolean goesOn() {
    return goesOn;
  }

  void becomes(StepState next, String what) {
    state = next;
    waitsFor = what;
  }

  void madeBy(String workflowId) {
    generation = workflowId;
  }

  void finished(StepState how, String workflowId, GenerationResult made) {
    generation = workflowId;
    result = made;
    failure = null;
    problem = null;
    becomes(how, null);
  }

  void failed(GenerationFailure why, String what) {
    failure = why;
    problem = what;
    becomes(StepState.FAILED, null);
  }

  void givenUp(String why) {
    problem = why;
    becomes(StepState.GIVEN_UP, null);
  }

  void skipped() {
    problem = null;
    becomes(StepState.SKIPPED, null);
  }

  void approved(StepPlan as) {
    plan = as;
    approved = true;
  }

  void retried(StepPlan as) {
    plan = as;
    goesOn = true;
  }

  /** Whether it will never be there. */
  boolean isLost() {
    return state == StepState.GIVEN_UP || state == StepState.SKIPPED;
  }

  /** What it cost this chain; empty where it is not known, or it was taken over. */
  Optional<Money> cost() {
    if (state != StepState.DONE || result == null) {
      return Optional.empty();
    }
    Cost cost = result.cost();
    return cost.amount() == null
        ? Optional.ofNullable(plan.worstCase())
        : Optional.of(new Money(cost.amount(), cost.currency()));
  }

  StepProgress progress() {
    return new StepProgress(
        id(),
        plan.summary(),
        state,
        waitsFor,
        generation,
        cost().orElse(null),
        state.isOver() ? null : plan.worstCase(),
        clip().orElse(null),
        problem);
  }

  private Optional<URI> clip() {
    return result().map(made -> made.artifacts().get(0)).map(Artifact::location);
  }
}
