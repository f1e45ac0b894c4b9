package seedance.workflows.chain;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import seedance.workflows.chain.RunState.Because;
import seedance.workflows.chain.RunState.Failed;
import seedance.workflows.chain.RunState.GivenUp;
import seedance.workflows.chain.RunState.Made;
import seedance.workflows.chain.RunState.Running;
import seedance.workflows.chain.RunState.Skipped;
import seedance.workflows.chain.RunState.Waiting;
import seedance.workflows.generation.Cost;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.Patched;
import seedance.workflows.json.Json;
import seedance.workflows.request.Money;
import seedance.workflows.request.SentBody;

/**
 * One step of a running chain at one moment. It does not change: {@link RunningChain#change} puts
 * the one that comes after it in its place. What is not possible in its state throws an {@link
 * IllegalStateException}.
 *
 * @param isApproved by a person, for all attempts
 */
record StepRun(StepPlan plan, RunState state, Attempts attempts, boolean isApproved) {
  StepRun {
    Objects.requireNonNull(plan, "plan");
  }

  StepRun(StepPlan plan) {
    this(plan, Waiting.FOR_OTHERS, Attempts.NONE, false);
  }

  String id() {
    return plan.id();
  }

  StepState shown() {
    return state.shown();
  }

  boolean isOver() {
    return shown().isOver();
  }

  boolean isRunning() {
    return state instanceof Running;
  }

  boolean hasFailed() {
    return state instanceof Failed;
  }

  boolean isFinished() {
    return state instanceof Made;
  }

  /** Whether its request can be changed no more. */
  boolean isStarted() {
    return isRunning() || isFinished();
  }

  /** Whether it will never be there. */
  boolean isLost() {
    return state instanceof GivenUp || state instanceof Skipped;
  }

  /** How it was given up, where the chain ends without it for a reason of its own. */
  Optional<GivenUp> lostByItself() {
    return state instanceof GivenUp lost && lost.because() != Because.OF_ANOTHER
        ? Optional.of(lost)
        : Optional.empty();
  }

  Optional<GenerationResult> result() {
    return state instanceof Made made ? Optional.of(made.result()) : Optional.empty();
  }

  /** The generation that makes or made it, or tried to last; empty before there is one. */
  Optional<String> generation() {
    return state instanceof Made made
        ? Optional.of(made.generation())
        : Optional.ofNullable(attempts.generation());
  }

  /** Whether it may begin even if it could break the budget, at the cost that it has now. */
  boolean isPayableOverBudget() {
    return state instanceof Waiting waiting
        && waiting.payable() != null
        && !plan.isDearerThan(waiting.payable());
  }

  /** What it has cost this chain, with attempts that failed and may have been charged. */
  TotalCost cost() {
    return attempts.cost();
  }

  /** What it costs this chain in the end at most: what it has cost, once it is over. */
  TotalCost costAtMost() {
    return isOver() ? cost() : attempts.settled().plus(TotalCost.worstOf(plan));
  }

  /**
   * Whether anything that was tried of it is charged, where the chain ends now: of what is being
   * made, and of a task that may go on, nobody knows it yet.
   */
  Charged chargedSoFar() {
    return isRunning() || attempts.leftATask() ? Charged.MAYBE : attempts.charged();
  }

  /**
   * Whether a request asks for what its own does, so that no other task is wanted for it; of a task
   * that is left, also whether for no more than that will give.
   */
  boolean isAskedForAgainBy(Json request) {
    return attempts.leftATask()
        ? SentBody.makesAll(plan.request(), request)
        : SentBody.isOne(plan.request(), request);
  }

  StepRun planned(StepPlan changed) {
    return new StepRun(
        changed,
        state,
        changed.request().equals(plan.request()) ? attempts : attempts.forAnotherRequest(),
        isApproved);
  }

  StepRun approved() {
    return new StepRun(plan, state, attempts, true);
  }

  /** In another state, by which nothing is tried and nothing paid. */
  <S extends RunState> StepRun moved(Class<S> from, Function<S, RunState> transition) {
    return to(transition.apply(in(from)));
  }

  StepRun begun(String workflowId) {
    return to(in(Waiting.class).begun(), attempts.begun(workflowId));
  }

  StepRun made(String workflowId, GenerationResult result) {
    return to(
        in(Running.class).made(workflowId, result),
        attempts.ended(costOf(result.cost()), Charged.YES));
  }

  StepRun reused(String workflowId, GenerationResult result) {
    return to(in(Waiting.class).reused(workflowId, result), attempts.leaving(TotalCost.NOTHING));
  }

  private TotalCost costOf(Cost made) {
    return made.amount() == null || made.currency() == null || isPricedOtherwise(made.currency())
        ? TotalCost.worstOf(plan)
        : TotalCost.exactly(new Money(made.amount(), made.currency()));
  }

  /** Whether it was made by other prices than it was planned by, which no budget can be held to. */
  private boolean isPricedOtherwise(String currency) {
    return plan.worstCase() != null
        && !plan.worstCase().currency().equals(currency)
        && Patched.by("pricedOtherwise " + id());
  }

  /**
   * @param failure the generation's own; null where it left none
   * @param leavesItsTask whether the next attempt with the same request takes the task of this one
   */
  StepRun failed(
      @Nullable GenerationFailure failure,
      Charged isCharged,
      boolean leavesItsTask,
      String problem) {
    TotalCost most = isCharged == Charged.NO ? TotalCost.NOTHING : TotalCost.worstOf(plan);
    Attempts after =
        !leavesItsTask
            ? attempts.ended(most, isCharged)
            : isCharged == Charged.NO ? attempts : attempts.leaving(most);
    return to(in(Running.class).failed(failure, problem), after);
  }

  /** As another step will not be there, or the chain ends. */
  StepRun givenUpWithAnother(String why) {
    return to(new GivenUp(why, null, Because.OF_ANOTHER));
  }

  /** By a bug of ours, and perhaps after what it made was paid. */
  StepRun brokenBy(String bug) {
    return to(
        new GivenUp(
            bug, state instanceof Failed failed ? failed.failure() : null, Because.OF_A_BUG),
        isRunning() ? attempts.ended(TotalCost.worstOf(plan), Charged.MAYBE) : attempts);
  }

  private <S extends RunState> S in(Class<S> expected) {
    if (!expected.isInstance(state)) {
      throw new IllegalStateException(id() + " " + shown().inWords());
    }
    return expected.cast(state);
  }

  private StepRun to(RunState next) {
    return to(next, attempts);
  }

  private StepRun to(RunState next, Attempts tried) {
    return new StepRun(plan, next, tried, isApproved);
  }
}
