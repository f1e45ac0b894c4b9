package seedance.worker.chaos;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The requests of a run: most of them alike but for their prompts, which the service's list does
 * not show, so that telling their tasks apart is as hard as it can be.
 */
final class Requests {
  private Requests() {}

  /** The service's create body, as any client sends it. */
  static Map<String, Object> body(int generation) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", "doubao-seedance-2-0");
    body.put(
        "content",
        List.of(
            Map.of(
                "type",
                "text",
                "text",
                "A paper boat on a calm lake, " + TaskLog.take(generation))));
    body.put("resolution", "480p");
    body.put("duration", 4);
    switch (generation % 10) {
      case 3 -> body.put("safety_identifier", "person-" + generation);
      case 5 -> body.put("safety_identifier", "person-in-common");
      case 6, 7 -> body.put("model", "doubao-seedance-1-5-pro");
      case 8 -> {
        body.put("model", "doubao-seedance-1-5-pro");
        body.put("seed", 4711);
      }
      case 9 -> body.put("return_last_frame", true);
      default -> {
        // Nothing but the prompt is its own.
      }
    }
    return body;
  }
}
