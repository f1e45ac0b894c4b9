package seedance.workflows.chain;

import java.util.Collection;
import java.util.Optional;
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

  /** Of what is finished; empty where nothing is, or its cost is not known. */
  static Optional<Money> settled(Collection<StepRun> steps) {
    return steps.stream().map(StepRun::cost).flatMap(Optional::stream).reduce(Money::plus);
  }

  /** Of what is not over, at most; empty where nothing is left, or one of them is not known. */
  static Optional<Money> toCome(Collection<StepRun> steps) {
    boolean known =
        steps.stream()
            .filter(step -> !step.state().isOver())
            .allMatch(step -> step.plan().worstCase() != null);
    return known
        ? steps.stream()
            .filter(step -> !step.state().isOver())
            .map(step -> step.plan().worstCase())
            .reduce(Money::plus)
        : Optional.empty();
  }

  /**
   * Whether a step could break the budget: with what is settled, and with what runs at its worst. A
   * step whose cost nobody knows could.
   */
  boolean couldBreak(StepRun next, Collection<StepRun> steps) {
    if (budget.isEmpty()) {
      return false;
    }
    if (next.plan().worstCase() == null) {
      return true;
    }
    Money spent =
        steps.stream()
            .map(step -> running(step).or(step::cost))
            .flatMap(Optional::stream)
            .reduce(next.plan().worstCase(), Money::plus);
    return spent.isOver(budget.get());
  }

  private static Optional<Money> running(StepRun step) {
    return step.state() == StepState.RUNNING
        ? Optional.ofNullable(step.plan().worstCase())
        : Optional.empty();
  }
}
