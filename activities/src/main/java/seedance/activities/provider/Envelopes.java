package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/**
 * Finds the parts of a reply in which gateways wrap what they have to say (M): {@code {code,
 * data:{…}}}, {@code {code, data:[{…}]}}, {@code {code, info, result:{…}}}, {@code {output:{…}}}.
 */
final class Envelopes {
  private static final int MOST_ITEMS = 10;

  private Envelopes() {}

  /** The objects within, the nearer first. */
  static Stream<JsonNode> in(JsonNode reply) {
    return Stream.concat(level(reply), level(reply).flatMap(Envelopes::level));
  }

  private static Stream<JsonNode> level(JsonNode node) {
    return Stream.of("data", "result", "response", "output", "task")
        .map(node::path)
        .flatMap(Envelopes::objects);
  }

  private static Stream<JsonNode> objects(JsonNode node) {
    return node.isArray()
        ? Stream.iterate(0, i -> i < Math.min(MOST_ITEMS, node.size()), i -> i + 1)
            .map(node::path)
            .filter(JsonNode::isObject)
        : Stream.of(node).filter(JsonNode::isObject);
  }
}
