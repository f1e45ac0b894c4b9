package seedance.workflows.chain;

import seedance.workflows.json.Json;
import seedance.workflows.request.Money;

/** A chain's JSON, or its options', with one thing changed. */
final class ChainEdit {
  private static final String STEPS = "steps";

  private ChainEdit() {}

  static Json withRequest(Json chain, String step, Json request) {
    return chain.with(
        STEPS,
        chain.at(STEPS).items().stream()
            .map(
                each ->
                    each.text("id").filter(step::equals).isPresent()
                        ? each.with("request", request)
                        : each)
            .toList());
  }

  /**
   * @param options of a valid chain
   */
  static Json withBudget(Json options, Money budget) {
    return options.with(ChainOptions.BUDGET, budget.json());
  }
}
