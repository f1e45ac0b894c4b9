package seedance.workflows.chain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import seedance.workflows.request.Money;

/**
 * The note that a chain may cost more than its budget. The rules write it of the chain as it is to
 * be started; while it runs it follows the budget in force and what is left to begin.
 */
final class BudgetNote {
  private static final String BEGINNING = "in the worst case the chain costs ";
  private static final String OVER = ", over the budget of ";

  private BudgetNote() {}

  /**
   * @param shares what each step costs at most, in words
   */
  static String of(Money most, List<String> shares, Money budget, OverBudget overBudget) {
    return BEGINNING
        + "%s (%s)".formatted(most.inWordsAtMost(), ChainCost.shown(shares))
        + OVER
        + "%s: a step that could break it waits for %s"
            .formatted(
                budget.exactlyInWords(),
                overBudget == OverBudget.WAIT_FOR_APPROVAL
                    ? "an approval or a higher budget"
                    : "a higher budget");
  }

  /** Whether a note of a plan is this one, which holds for the chain's start alone. */
  static boolean isOne(String note) {
    return note.startsWith(BEGINNING) && note.contains(OVER);
  }

  /** What is to be said of a running chain; empty where nothing is, or no step is left to begin. */
  static Optional<String> of(Collection<StepRun> steps, Money budget, OverBudget overBudget) {
    if (steps.stream().noneMatch(BudgetNote::mayBegin)) {
      return Optional.empty();
    }
    Money most = Spending.inAll(steps, budget.currency());
    return most.isOver(budget)
        ? Optional.of(of(most, shares(steps), budget, overBudget))
        : Optional.empty();
  }

  private static boolean mayBegin(StepRun step) {
    return !step.state().isOver() && step.state() != StepState.RUNNING;
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
