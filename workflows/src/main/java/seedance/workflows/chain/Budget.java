package seedance.workflows.chain;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import seedance.workflows.request.Money;

/**
 * What a running chain may cost, held against its steps as they are.
 *
 * @param limit empty where there is none
 * @param overBudget what a step waits for that could break it
 */
record Budget(Optional<Money> limit, OverBudget overBudget) {

  /** Whether this, or someone's approval, lets a step begin. */
  boolean mayBePaid(StepRun step, Collection<StepRun> steps) {
    return step.isPayableOverBudget() && approvalIsEnough(step) || !couldBreak(step, steps);
  }

  /** No budget is high enough for a step whose cost nobody knows. */
  boolean approvalIsEnough(StepRun step) {
    return overBudget == OverBudget.WAIT_FOR_APPROVAL || step.plan().worstCase() == null;
  }

  /** Whether a step that could break it begins only when it is raised. */
  boolean isAllThatLetsBegin(StepRun step) {
    return limit.isPresent() && !approvalIsEnough(step);
  }

  /**
   * Whether a step could break it: with what is spent, and with what runs at its worst. A step
   * whose cost nobody knows could.
   */
  boolean couldBreak(StepRun next, Collection<StepRun> steps) {
    if (limit.isEmpty()) {
      return false;
    }
    Money worst = next.plan().worstCase();
    Money most = limit.get();
    return worst == null
        || !worst.currency().equals(most.currency())
        || committed(next, steps, most.currency()).plus(worst).isOver(most);
  }

  /**
   * What is spent, and what runs at its worst, without a step that may come next; all of it in one
   * currency, as other prices are refused beside a budget. This is asked for every step after every
   * event, so it sums amounts alone.
   */
  private static Money committed(StepRun next, Collection<StepRun> steps, String currency) {
    BigDecimal sum = BigDecimal.ZERO;
    for (StepRun step : steps) {
      boolean isNext = step.id().equals(next.id());
      TotalCost spent = step.isRunning() || isNext ? step.attempts().settled() : step.cost();
      sum = sum.add(amount(spent.money(), currency));
      if (step.isRunning() && !isNext) {
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

  /** What amounts are in: this, else the prices, else CNY. */
  String currency(Collection<StepRun> steps) {
    return limit
        .or(
            () ->
                steps.stream()
                    .flatMap(step -> Stream.ofNullable(step.plan().worstCase()))
                    .findFirst())
        .map(Money::currency)
        .orElse(ChainOptionsReader.USUAL_CURRENCY);
  }

  /**
   * Returns the budget with another total.
   *
   * @throws io.temporal.failure.ApplicationFailure if it is not higher, is spent already, or is in
   *     another currency
   */
  Budget raisedTo(Money total, Collection<StepRun> steps) {
    limit.ifPresentOrElse(
        now -> requireHigher(total, now), () -> requireCurrencyOf(steps, total.currency()));
    TotalCost.sum(steps.stream().map(StepRun::cost))
        .money()
        .filter(spent -> spent.currency().equals(total.currency()) && spent.isOver(total))
        .ifPresent(spent -> refuse(spent.inWords() + " is spent already: write a total"));
    return new Budget(Optional.of(total), overBudget);
  }

  private static void requireHigher(Money total, Money now) {
    if (!now.currency().equals(total.currency())) {
      refuse("the budget is in " + now.currency());
    }
    if (!total.isOver(now)) {
      refuse("the budget is " + now.exactlyInWords() + " already: write the new total");
    }
  }

  private static void requireCurrencyOf(Collection<StepRun> steps, String currency) {
    steps.stream()
        .map(step -> step.plan().worstCase())
        .filter(price -> price != null && !price.currency().equals(currency))
        .findFirst()
        .ifPresent(price -> refuse("the prices are in " + price.currency()));
  }

  private static void refuse(String why) {
    throw DecisionRefusals.because(null, why);
  }

  /** The note that the chain may cost more; empty where it may not, or no step is left to begin. */
  Optional<String> note(Collection<StepRun> steps) {
    if (limit.isEmpty() || steps.stream().allMatch(step -> step.isOver() || step.isRunning())) {
      return Optional.empty();
    }
    String currency = limit.get().currency();
    BigDecimal sum = BigDecimal.ZERO;
    for (StepRun step : steps) {
      sum = sum.add(amount(step.costAtMost().money(), currency));
    }
    Money most = new Money(sum, currency);
    return most.isOver(limit.get())
        ? Optional.of(BudgetNote.of(most, shares(steps), limit.get(), overBudget))
        : Optional.empty();
  }

  /** Of every step that costs something, the skipped ones not. */
  private static List<String> shares(Collection<StepRun> steps) {
    List<String> shares = new ArrayList<>();
    for (StepRun step : steps) {
      TotalCost cost = step.costAtMost();
      if (!cost.isNothing()) {
        shares.add(
            step.id()
                + " "
                + cost.money()
                    .map(money -> cost.isExact() ? money.inWords() : money.inWordsAtMost())
                    .orElse("of unknown cost"));
      }
    }
    return shares;
  }
}
