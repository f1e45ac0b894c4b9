package seedance.workflows.chain;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import seedance.workflows.request.Money;

/** What a chain has spent, may spend, and is allowed to spend. */
final class Spending {
  private Optional<Money> budget;

  Spending(Optional<Money> budget) {
    this.budget = budget;
  }

  Optional<Money> budget() {
    return budget;
  }

  void budget(Money raised) {
    budget = Optional.of(raised);
  }

  /** Of what is not over, at most; empty where nothing is left, or it cannot be told. */
  static Optional<Money> toCome(Collection<StepRun> steps) {
    List<StepPlan> open =
        steps.stream().filter(step -> !step.state().isOver()).map(StepRun::plan).toList();
    if (open.stream().anyMatch(plan -> plan.worstCase() == null)) {
      return Optional.empty();
    }
    TotalCost most =
        open.stream()
            .map(plan -> TotalCost.atMost(plan.worstCase(), plan.id()))
            .reduce(TotalCost.NOTHING, TotalCost::plus);
    return most.without().isEmpty() ? most.money() : Optional.empty();
  }

  /**
   * Whether a step could break the budget: with what is spent, and with what runs at its worst. A
   * step whose cost nobody knows could.
   */
  boolean couldBreak(StepRun next, Collection<StepRun> steps) {
    if (budget.isEmpty()) {
      return false;
    }
    List<StepRun> atWorst =
        Stream.concat(
                steps.stream().filter(step -> step.state() == StepState.RUNNING), Stream.of(next))
            .toList();
    TotalCost spent =
        steps.stream()
            .map(step -> atWorst.contains(step) ? step.costBeforeNextAttempt() : step.cost())
            .reduce(TotalCost.NOTHING, TotalCost::plus);
    for (StepRun step : atWorst) {
      Money worst = step.plan().worstCase();
      if (worst == null && step == next) {
        return true;
      }
      if (worst != null) {
        spent = spent.plus(TotalCost.atMost(worst, step.id()));
      }
    }
    return spent
        .money()
        .filter(money -> money.currency().equals(budget.get().currency()))
        .map(money -> money.isOver(budget.get()))
        .orElse(true);
  }
}
