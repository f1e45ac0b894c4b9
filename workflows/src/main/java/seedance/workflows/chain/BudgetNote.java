package seedance.workflows.chain;

import java.util.List;
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
        + "%s (%s)".formatted(most.inWordsAtMost(), Names.many(shares))
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
}
