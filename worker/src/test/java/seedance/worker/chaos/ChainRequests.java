package seedance.worker.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The chains of a run: alike but for the prompts of their steps. */
final class ChainRequests {
  /** A clip; it goes on; from its last picture another shot; and from that one's another. */
  static final List<String> STEPS = List.of("opening", "longer", "shot", "end");

  /** A step that fails ends its chain: waiting for a person, it would only be lost later. */
  private static final Map<String, Object> OPTIONS = Map.of("onStepFailure", "FAIL");

  private ChainRequests() {}

  /**
   * The workflow's arguments, as any client sends them.
   *
   * @param first the number of the first step's generation
   */
  static Object[] arguments(int first) {
    return new Object[] {
      Map.of(
          "steps",
          List.of(
              step(first, 0, null),
              step(first, 1, reference("video", "reference_video", "step://opening/video")),
              step(first, 2, reference("image", "first_frame", "step://opening/last_frame")),
              step(first, 3, reference("image", "first_frame", "step://shot/last_frame")))),
      OPTIONS
    };
  }

  private static Map<String, Object> step(int first, int index, Map<String, Object> madeFrom) {
    List<Object> content = new ArrayList<>();
    content.add(
        Map.of(
            "type", "text", "text", "A paper boat on a calm lake, " + TaskLog.take(first + index)));
    if (madeFrom != null) {
      content.add(madeFrom);
    }
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("model", "doubao-seedance-2-0");
    request.put("content", content);
    request.put("resolution", "480p");
    request.put("duration", 4);
    return Map.of("id", STEPS.get(index), "request", request);
  }

  private static Map<String, Object> reference(String medium, String role, String url) {
    String type = medium + "_url";
    return Map.of("type", type, type, Map.of("url", url), "role", role);
  }
}
