package seedance.worker.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import seedance.worker.dev.simulator.CreateListener;

/** Whose task is whose: each generation's prompt bears its number, and the service sees prompts. */
final class TaskLog implements CreateListener {
  private static final Pattern TAKE = Pattern.compile("take-(\\d+)");

  /** Also as a part of a path, in which it is escaped. */
  private static final Pattern TASK =
      Pattern.compile("cgt-\\d{14}-[a-z0-9]+|video_[A-Za-z0-9+=%]+");

  private static final int FLOPS = 5000;

  private final Map<Integer, List<String>> tasks = new ConcurrentHashMap<>();
  private final Map<String, Integer> owners = new ConcurrentHashMap<>();
  private final Map<String, String> bodies = new ConcurrentHashMap<>();

  /** The words in a generation's prompt that tell it from the others. */
  static String take(int generation) {
    return "take-%04d".formatted(generation);
  }

  /** The number that a generation's prompt bears where it is made to fail. */
  static int flopOf(int generation) {
    return FLOPS + generation;
  }

  @Override
  public void created(String taskId, JsonNode body) {
    bodies.put(taskId, body.path("content").toString());
    int generation = generationIn(body.path("content").toString()).orElseThrow();
    owners.put(taskId, generation);
    tasks.computeIfAbsent(generation, first -> new CopyOnWriteArrayList<>()).add(taskId);
  }

  /** The tasks that were made from a generation's prompt, in order. */
  List<String> tasksOf(int generation) {
    return List.copyOf(tasks.getOrDefault(generation, List.of()));
  }

  /**
   * Whether a task was made from what another made: from its file at the service, or from a copy.
   *
   * @param copies each in Base64, or the part of a link that names it
   */
  boolean isMadeFrom(String task, String source, List<String> copies) {
    String content = bodies.getOrDefault(task, "");
    return content.contains("/" + source + "/") || copies.stream().anyMatch(content::contains);
  }

  /** The generation that a request concerns, by its prompt or its task. */
  OptionalInt generationIn(String request) {
    Matcher take = TAKE.matcher(request);
    if (take.find()) {
      return OptionalInt.of(Integer.parseInt(take.group(1)));
    }
    Matcher task = TASK.matcher(request);
    if (!task.find()) {
      return OptionalInt.empty();
    }
    String id = URLDecoder.decode(task.group().replace("+", "%2B"), StandardCharsets.UTF_8);
    return owners.containsKey(id) ? OptionalInt.of(owners.get(id)) : OptionalInt.empty();
  }
}
