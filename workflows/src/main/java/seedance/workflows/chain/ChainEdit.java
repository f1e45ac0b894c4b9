package seedance.workflows.chain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seedance.workflows.request.AnyJson;

/** A chain's JSON with one request changed. */
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

  private static Map<?, ?> changed(Map<?, ?> each, String step, AnyJson request) {
    if (!step.equals(each.get("id"))) {
      return each;
    }
    Map<Object, Object> copy = new LinkedHashMap<>(each);
    copy.put("request", request.tree());
    return copy;
  }
}
