package seedance.workflows.chain;

import java.util.Objects;
import java.util.Optional;
import seedance.workflows.generation.Cost;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.request.Money;

/** One step of a running chain, as the workflow keeps it in memory. */
final class StepRun {
  private StepPlan plan;
  private StepState state = StepState.WAITING;
  private String generation;
  private GenerationResult result;
  private GenerationFailure failure;
  private String problem;
  private boolean approved;
  private StepPlan approvedOverBudget;
  private Charged charged = Charged.NO;
  private boolean isUnsettled;
  private boolean lostByItself;
  private boolean isBroken;
  private TotalCost cost = TotalCost.NOTHING;
  private TotalCost ofTaskToTake = TotalCost.NOTHING;

  StepRun(StepPlan plan) {
    this.plan = Objects.requireNonNull(plan, "plan");
  }

  String id() {
    return plan.id();
  }

  StepPlan plan() {
    return plan;
  }

  void plan(StepPlan changed) {
    if (!changed.request().equals(plan.request()) && !ofTaskToTake.isNothing()) {
      settles(ofTaskToTake, Charged.MAYBE);
    }
    plan = changed;
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

  /** The generation that makes or made it, or tried to last; null before there is one. */
  String generation() {
    return generation;
  }

  String problem() {
    return problem;
  }

  boolean isApproved() {
    return approved;
  }

  /** Whether it may begin even if it could break the budget, at the cost that it has now. */
  boolean isApprovedOverBudget() {
    return approvedOverBudget != null && !plan.isDearerThan(approvedOverBudget);
  }

  /** What it has cost this chain, with attempts that failed and may have been charged. */
  TotalCost cost() {
    return cost.plus(ofTaskToTake);
  }

  /** The same without a task that the next attempt takes instead of making one. */
  TotalCost costBeforeNextAttempt() {
    return cost;
  }

  /** What it costs this chain in the end at most: what it has cost, once it is over. */
  TotalCost costAtMost() {
    return state.isOver() ? cost() : costBeforeNextAttempt().plus(TotalCost.worstOf(plan));
  }

  void becomes(StepState next) {
    state = next;
  }

  void begins(String workflowId) {
    generation = workflowId;
    state = StepState.RUNNING;
    isUnsettled = true;
  }

  void finished(StepState how, String workflowId, GenerationResult made) {
    generation = workflowId;
    result = made;
    failure = null;
    problem = null;
    state = how;
    ofTaskToTake = TotalCost.NOTHING;
    if (how == StepState.DONE) {
      settles(costOf(made.cost()), Charged.YES);
    }
  }

  /** What was tried has come to an end, and costs so much. */
  private void settles(TotalCost ofAttempt, Charged isCharged) {
    cost = cost.plus(ofAttempt);
    ofTaskToTake = TotalCost.NOTHING;
    charged = isCharged.compareTo(charged) > 0 ? isCharged : charged;
    isUnsettled = false;
  }

  private TotalCost costOf(Cost made) {
    return made.amount() == null
        ? TotalCost.worstOf(plan)
        : TotalCost.exactly(new Money(made.amount(), made.currency()));
  }

  /**
   * @param why the generation's own failure; null where it left none
   * @param leavesItsTask whether the next attempt with the same request takes the task of this one
   */
  void failed(GenerationFailure why, Charged isCharged, boolean leavesItsTask, String what) {
    failure = why;
    problem = what;
    state = StepState.FAILED;
    isUnsettled = false;
    TotalCost ofThisTask = isCharged == Charged.NO ? TotalCost.NOTHING : TotalCost.worstOf(plan);
    if (!leavesItsTask) {
      settles(ofThisTask, isCharged);
    } else if (isCharged != Charged.NO) {
      ofTaskToTake = ofThisTask;
    }
  }

  /**
   * Whether anything that was tried of it is charged, where the chain ends now: of what is being
   * made, and of a task that may go on, nobody knows it yet.
   */
  Charged chargedSoFar() {
    return state == StepState.RUNNING || !ofTaskToTake.isNothing() ? Charged.MAYBE : charged;
  }

  /** What keeps it, while it is not over; null where nothing does. */
  void troubled(String what) {
    problem = what;
  }

  /** By someone who need not have waited for its failure. */
  void rejected(String reason) {
    String before = failure == null ? problem : failure.clause();
    givenUp(
        "rejected: "
            + reason
            + (state == StepState.FAILED ? " (it had failed: " + before + ")" : ""));
    failure = null;
  }

  /** For a reason of its own. */
  void givenUp(String why) {
    problem = why;
    lostByItself = true;
    state = StepState.GIVEN_UP;
  }

  /** By a bug of ours, and perhaps after what it made was paid. */
  void brokenBy(String bug) {
    isBroken = true;
    if (isUnsettled) {
      settles(TotalCost.worstOf(plan), Charged.MAYBE);
    }
    givenUp(bug);
  }

  /** Whether a bug of ours ended it. */
  boolean isBroken() {
    return isBroken;
  }

  /** As another step will not be there. */
  void givenUpWithAnother(String why) {
    problem = why;
    state = StepState.GIVEN_UP;
  }

  /** Whether the chain ends without it for a reason of its own. */
  boolean isLostByItself() {
    return lostByItself;
  }

  void skipped() {
    problem = null;
    state = StepState.SKIPPED;
  }

  void approved() {
    approved = true;
  }

  /** For one attempt, and for what its plan costs now. */
  void approvedOverBudget() {
    approvedOverBudget = plan;
  }

  void retried() {
    approvedOverBudget = null;
    failure = null;
    problem = null;
    state = StepState.WAITING;
  }

  /** Whether it will never be there. */
  boolean isLost() {
    return state == StepState.GIVEN_UP || state == StepState.SKIPPED;
  }

  /** Whether its request can be changed no more. */
  boolean isStarted() {
    return state == StepState.RUNNING || state.isFinished();
  }
}
