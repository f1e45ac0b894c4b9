package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the parts of a reply in which gateways wrap what they have to say (M): {@code {code,
 * data:{…}}}, {@code {code, data:[{…}]}}, {@code {code, info, result:{…}}}, {@code {output:{…}}}.
 */
final class Envelopes {
  private static final int MOST_ITEMS = 100;

  private static final List<String> WRAPPERS =
      List.of("data", "result", "response", "output", "task");

  /** Where a list of tasks is, or in {@code video} one of them. */
  private static final List<String> LISTS = List.of("items", "tasks", "video");

  private static final Pattern FINE = Pattern.compile("(?i)0|200|success|succeeded|ok|true");

  private Envelopes() {}

  /** The objects within, the nearer first. */
  static Stream<JsonNode> in(JsonNode reply) {
    return Stream.concat(level(reply), level(reply).flatMap(Envelopes::level));
  }

  /**
   * The same, then those of a list of tasks, as which some gateways answer about one (L): {@code
   * [{…}]}, {@code {items:[{…}]}}, {@code {data:{items:[{…}]}}}, {@code {tasks:[{…}]}}; and {@code
   * {video:{…}}}.
   */
  static Stream<JsonNode> tasks(JsonNode reply) {
    return Stream.concat(in(reply), lists(reply).flatMap(Envelopes::objects));
  }

  /** The same, without lists that hold more than one: nothing says which is meant. */
  static Stream<JsonNode> soleTasks(JsonNode reply) {
    return Stream.concat(
        in(reply),
        lists(reply)
            .filter(list -> list.isObject() || list.size() == 1)
            .flatMap(Envelopes::objects));
  }

  /** Whether a list within holds several objects of a kind. */
  static boolean haveSeveral(JsonNode reply, Predicate<JsonNode> kind) {
    Stream<JsonNode> wrapped =
        levels(reply)
            .flatMap(level -> WRAPPERS.stream().map(level::path))
            .filter(JsonNode::isArray);
    return Stream.concat(wrapped, lists(reply))
        .anyMatch(list -> objects(list).filter(kind).limit(2).count() == 2);
  }

  /** Whether a gateway says that its own call went well, whatever it tells of the task within. */
  static boolean sayFine(JsonNode reply) {
    List<String> words =
        Stream.of(reply.path("code"), reply.path("success"), reply.path("status"))
            .map(Tolerant::text)
            .filter(word -> !word.isEmpty())
            .toList();
    return !words.isEmpty() && words.stream().allMatch(FINE.asMatchPredicate());
  }

  private static Stream<JsonNode> level(JsonNode node) {
    return WRAPPERS.stream().map(node::path).flatMap(Envelopes::objects);
  }

  private static Stream<JsonNode> levels(JsonNode reply) {
    return Stream.concat(Stream.of(reply), in(reply));
  }

  private static Stream<JsonNode> lists(JsonNode reply) {
    return Stream.concat(
            Stream.of(reply).filter(JsonNode::isArray),
            levels(reply).flatMap(level -> LISTS.stream().map(level::path)))
        .filter(JsonNode::isContainerNode);
  }

  private static Stream<JsonNode> objects(JsonNode node) {
    return node.isArray()
        ? Stream.iterate(0, i -> i < Math.min(MOST_ITEMS, node.size()), i -> i + 1)
            .map(node::path)
            .filter(JsonNode::isObject)
        : Stream.of(node).filter(JsonNode::isObject);
  }
}
