package seedance.workflows.chain;

import java.math.BigDecimal;
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

  /** Of what is not over, at most; empty where nothing is left, or it cannot be told. */
  static Optional<Money> toCome(Collection<StepRun> steps) {
    TotalCost most =
        steps.stream()
            .filter(step -> !step.state().isOver())
            .map(step -> TotalCost.worstOf(step.plan()))
            .reduce(TotalCost.NOTHING, TotalCost::plus);
    return most.without().isEmpty() ? most.money() : Optional.empty();
  }

  /** What a chain costs at most, in one currency, as far as that is known. */
  static Money inAll(Collection<StepRun> steps, String currency) {
    BigDecimal sum = BigDecimal.ZERO;
    for (StepRun step : steps) {
      sum = sum.add(amount(step.costAtMost().money(), currency));
    }
    return new Money(sum, currency);
  }

  /**
   * Whether a step could break the budget: with what is spent, and with what runs at its worst. A
   * step whose cost nobody knows could.
   */
  boolean couldBreak(StepRun next, Collection<StepRun> steps) {
    if (budget.isEmpty()) {
      return false;
    }
    Money worst = next.plan().worstCase();
    Money limit = budget.get();
    return worst == null
        || !worst.currency().equals(limit.currency())
        || committed(next, steps, limit.currency()).plus(worst).isOver(limit);
  }

  /**
   * What is spent, and what runs at its worst, without a step that may come next; all of it in one
   * currency, as other prices are refused beside a budget. This is asked for every step after every
   * event, so it sums amounts alone.
   */
  private static Money committed(StepRun next, Collection<StepRun> steps, String currency) {
    BigDecimal sum = BigDecimal.ZERO;
    for (StepRun step : steps) {
      boolean runs = step.state() == StepState.RUNNING;
      TotalCost spent = runs || step == next ? step.costBeforeNextAttempt() : step.cost();
      sum = sum.add(amount(spent.money(), currency));
      if (runs && step != next) {
        sum = sum.add(amount(Optional.ofNullable(step.plan().worstCase()), currency));
      }
    }
    return new Money(sum, currency);
  }

  private static BigDecimal amount(Optional<Money> money, String currency) {
    return money
        .filter(known -> known.currency().equals(currency))
        .map(Money::amount)
        .orElse(BigDecimal.ZERO);
  }
}
