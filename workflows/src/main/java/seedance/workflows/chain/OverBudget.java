package seedance.workflows.chain;

/** What a step that could break the budget waits for. */
public enum OverBudget {
  /** A person's approval of this step, or a higher budget. */
  WAIT_FOR_APPROVAL,
  /** A higher budget only. */
  WAIT_FOR_BUDGET
}
