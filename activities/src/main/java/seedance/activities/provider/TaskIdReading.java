package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;
import seedance.workflows.generation.TaskId;

/** Reads which task a reply, or a callback, is about. */
public final class TaskIdReading {
  private TaskIdReading() {}

  /** The task that a callback names, in a text; empty where there is none. */
  public static Optional<String> inCallback(JsonNode callback) {
    return ids(callback)
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(TaskId::isOne)
        .findFirst();
  }

  /** The first id that can be one; empty where there is none. */
  static Optional<String> in(JsonNode reply) {
    return ids(reply).map(Tolerant::text).filter(TaskId::isOne).findFirst();
  }

  /**
   * Ids come as {@code id} or {@code task_id}, bare, or in an envelope's {@code data} or result, or
   * in the first item there (M).
   *
   * @return also what cannot be one: then the reply means to name a task all the same
   */
  static Stream<JsonNode> ids(JsonNode reply) {
    return Stream.concat(Stream.of(reply), Envelopes.in(reply))
        .flatMap(level -> Stream.of(level.path("id"), level.path("task_id"), level.path("taskId")))
        .filter(id -> id.isContainerNode() || !Tolerant.text(id).isEmpty());
  }
}
