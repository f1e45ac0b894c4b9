package seedance.worker.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The chains of a run: alike but for the prompts of their steps, and what they are to meet. */
final class ChainRequests {
  static final String OPENING = "opening";
  static final String LONGER = "longer";
  static final String SHOT = "shot";
  static final String END = "end";

  /** A clip; it goes on; from its last picture another shot; and from that one's another. */
  static final List<String> STEPS = List.of(OPENING, LONGER, SHOT, END);

  /** Which step each is made from. */
  private static final Map<String, String> SOURCES =
      Map.of(LONGER, OPENING, SHOT, OPENING, END, SHOT);

  private ChainRequests() {}

  /**
   * The workflow's arguments, as any client sends them.
   *
   * @param first the number of the first step's generation
   */
  static Object[] arguments(int first, Optional<ChainMishap> mishap) {
    List<Object> steps = new ArrayList<>();
    for (String id : STEPS) {
      boolean fails = id.equals(SHOT) && mishap.equals(Optional.of(ChainMishap.FAILED_STEP));
      Map<String, Object> step = new LinkedHashMap<>();
      step.put("id", id);
      step.put("request", request(id, fails ? flop(first, id) : take(first, id)));
      if (id.equals(END) && mishap.equals(Optional.of(ChainMishap.KILL_DURING_APPROVAL))) {
        step.put("approve", true);
      }
      steps.add(step);
    }
    return new Object[] {Map.of("steps", steps), options(mishap)};
  }

  /** The request of a step that is not made to fail. */
  static Map<String, Object> request(int first, String step) {
    return request(step, take(first, step));
  }

  /** The step's number in a chain that a step is made from; empty for the first. */
  static Optional<Integer> source(int step) {
    return Optional.ofNullable(SOURCES.get(STEPS.get(step))).map(STEPS::indexOf);
  }

  /** A step that fails ends its chain, unless it is to be retried: else it is only lost later. */
  private static Map<String, Object> options(Optional<ChainMishap> mishap) {
    return Map.of(
        "onStepFailure",
        mishap.filter(ChainMishap::mayFailAStep).isPresent() ? "WAIT" : "FAIL",
        "generation",
        Map.of(
            "onCancel",
            mishap.equals(Optional.of(ChainMishap.CANCEL_AND_COLLECT)) ? "COLLECT" : "ABANDON"));
  }

  private static String take(int first, String step) {
    return TaskLog.take(first + STEPS.indexOf(step));
  }

  private static String flop(int first, String step) {
    return TaskLog.take(TaskLog.flopOf(first + STEPS.indexOf(step))) + " [simulate:failed]";
  }

  private static Map<String, Object> request(String step, String take) {
    List<Object> content = new ArrayList<>();
    content.add(Map.of("type", "text", "text", "A paper boat on a calm lake, " + take));
    switch (step) {
      case OPENING -> {
        // Of nothing but words.
      }
      case LONGER -> content.add(reference("video", "reference_video", "/video", step));
      default -> content.add(reference("image", "first_frame", "/last_frame", step));
    }
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("model", "doubao-seedance-2-0");
    request.put("content", content);
    request.put("resolution", "480p");
    request.put("duration", 4);
    return request;
  }

  private static Map<String, Object> reference(
      String medium, String role, String output, String step) {
    String type = medium + "_url";
    String url = "step://" + SOURCES.get(step) + output;
    return Map.of("type", type, type, Map.of("url", url), "role", role);
  }
}
