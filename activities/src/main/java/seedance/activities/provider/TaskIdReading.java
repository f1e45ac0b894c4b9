package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import seedance.workflows.generation.TaskId;

/** Reads which task a reply, or a callback, is about. */
public final class TaskIdReading {
  /** H: the service's own; else neither a word, nor a short number, nor a time. */
  private static final Pattern SURELY_AN_ID =
      Pattern.compile(
          "(?!\\d{4}-\\d\\d-\\d\\d)(?:cgt-|(?=(?:\\D*\\d){4})(?=.{8}))[A-Za-z0-9._:+=/-]+");

  private static final Pattern LONG_NUMBER = Pattern.compile("\\d{10,}");

  private TaskIdReading() {}

  /** The task that a callback names, in a text; empty where there is none. */
  public static Optional<String> inCallback(JsonNode callback) {
    return ids(callback, Envelopes.soleTasks(callback))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(TaskId::isOne)
        .findFirst();
  }

  /** The first id that can be one; empty where there is none. */
  static Optional<String> in(JsonNode reply) {
    return Stream.concat(ids(reply, Envelopes.soleTasks(reply)).map(Tolerant::text), bareIds(reply))
        .filter(TaskId::isOne)
        .findFirst();
  }

  /**
   * Ids come as {@code id} or {@code task_id}, bare, or in an envelope's {@code data} or result, or
   * in the first item there (M).
   *
   * @return also what cannot be one: then the reply means to name a task all the same
   */
  static Stream<JsonNode> ids(JsonNode reply) {
    return ids(reply, Envelopes.tasks(reply));
  }

  private static Stream<JsonNode> ids(JsonNode reply, Stream<JsonNode> within) {
    return Stream.concat(Stream.of(reply), within)
        .flatMap(level -> Stream.of(level.path("id"), level.path("task_id"), level.path("taskId")))
        .filter(id -> id.isContainerNode() || !Tolerant.text(id).isEmpty());
  }

  /**
   * An envelope that holds the id and nothing else (L): {@code {code:0, data:"cgt-1"}}, and of the
   * Midjourney proxies, whose 1 is a success, {@code {code:1, result:"1320098173412546"}}. What
   * stands there may also be a word for what went wrong, so in doubt it is none.
   */
  private static Stream<String> bareIds(JsonNode reply) {
    if (!Tolerant.first(reply.path("error"), reply.path("errors")).isMissingNode()) {
      return Stream.empty();
    }
    boolean isOne = Tolerant.text(reply.path("code")).equals("1");
    Pattern form = isOne ? LONG_NUMBER : SURELY_AN_ID;
    return isOne || Envelopes.sayFine(reply)
        ? Stream.of(reply.path(isOne ? "result" : "data"), reply.path("result"))
            .map(Tolerant::text)
            .filter(TaskId::isOne)
            .filter(form.asMatchPredicate())
        : Stream.empty();
  }
}
