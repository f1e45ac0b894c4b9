package seedance.workflows.chain;

import seedance.workflows.json.Json;
import seedance.workflows.request.Money;

/** A chain's JSON, or its options', with one thing changed. */
final class ChainEdit {
  private static final String STEPS = "steps";

  private ChainEdit() {}

  /** The request of a step, as it is written. */
  static Json request(Json chain, String step) {
    return chain.at(STEPS).items().stream()
        .filter(each -> each.text("id").filter(step::equals).isPresent())
        .findFirst()
        .map(each -> each.at("request"))
        .orElse(Json.NULL);
  }

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
