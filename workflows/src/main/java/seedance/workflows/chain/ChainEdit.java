package seedance.workflows.chain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.Money;

/** A chain's JSON, or its options', with one thing changed. */
final class ChainEdit {
  private static final String STEPS = "steps";

  private ChainEdit() {}

  static AnyJson withRequest(AnyJson chain, String step, AnyJson request) {
    Map<Object, Object> fields = new LinkedHashMap<>((Map<?, ?>) chain.tree());
    fields.put(
        STEPS,
        ((List<?>) fields.get(STEPS))
            .stream().map(each -> changed((Map<?, ?>) each, step, request)).toList());
    return new AnyJson(fields);
  }

  /**
   * @param options of a valid chain
   */
  static AnyJson withBudget(AnyJson options, Money budget) {
    Map<Object, Object> fields = new LinkedHashMap<>();
    if (options.tree() instanceof Map<?, ?> given) {
      fields.putAll(given);
    }
    fields.put(
        ChainOptions.BUDGET, Map.of("amount", budget.amount(), "currency", budget.currency()));
    return new AnyJson(fields);
  }

  private static Map<?, ?> changed(Map<?, ?> each, String step, AnyJson request) {
    if (!step.equals(each.get("id"))) {
      return each;
    }
    Map<Object, Object> copy = new LinkedHashMap<>(each);
    copy.put("request", request.tree());
    return copy;
  }
}
