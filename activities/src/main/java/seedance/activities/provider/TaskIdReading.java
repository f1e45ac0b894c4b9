package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import seedance.workflows.generation.TaskId;
import seedance.workflows.json.Json;

/** Reads which task a reply, or a callback, is about. */
final class TaskIdReading {
  /** H: the service's own; else neither a word, nor a short number, nor a time. */
  private static final Pattern SURELY_AN_ID =
      Pattern.compile(
          "(?!\\d{4}-\\d\\d-\\d\\d)(?:cgt-|(?=(?:\\D*\\d){4})(?=.{8}))[A-Za-z0-9._:+=/-]+");

  private static final int MOST_MENTIONED = 20;

  private static final Pattern LONG_NUMBER = Pattern.compile("\\d{10,}");

  /** What stands where an id would, and says that there is none (L). */
  private static final Pattern NO_ID =
      Pattern.compile("(?i)0*|-\\d+|true|false|null|none|undefined|error|fail(?:ed|ure)?");

  /** H: the service's own ids, {@code cgt-20260930120000-abcde}. */
  private static final Pattern OWN_ID =
      Pattern.compile("(?<![\\w-])cgt-\\d{6,20}-[a-z0-9]{3,12}(?![a-z0-9])");

  private TaskIdReading() {}

  /** Whether a reply speaks of one of the service's tasks that does not stand in the request. */
  static boolean isAboutAnother(JsonNode reply, Json request) {
    List<String> mentioned =
        OWN_ID
            .matcher(reply.toString())
            .results()
            .limit(MOST_MENTIONED)
            .map(MatchResult::group)
            .toList();
    if (mentioned.isEmpty()) {
      return false;
    }
    String own = String.valueOf(request.tree());
    return !mentioned.stream().allMatch(own::contains);
  }

  /** The task that a callback names, in a text; empty where there is none. */
  static Optional<String> inCallback(JsonNode callback) {
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
    List<JsonNode> levels = Stream.concat(Stream.of(reply), within).toList();
    return Stream.of(
            Stream.of(reply.path("id")).filter(id -> isOwn(id) || isOfATask(reply)),
            levels.stream().flatMap(TaskIdReading::taskIds),
            levels.stream().map(level -> level.path("id")))
        .flatMap(each -> each)
        .filter(id -> id.isContainerNode() || !NO_ID.matcher(Tolerant.text(id)).matches());
  }

  /** What an {@code id} beside them is, its form tells: a gateway's row and a call have one too. */
  private static Stream<JsonNode> taskIds(JsonNode level) {
    List<JsonNode> named =
        Stream.of(level.path("task_id"), level.path("taskId"))
            .filter(id -> !id.isMissingNode())
            .toList();
    boolean hasOwn = !named.isEmpty() && isOwn(level.path("id"));
    return Stream.concat(hasOwn ? Stream.of(level.path("id")) : Stream.of(), named.stream());
  }

  /** Its {@code id} is the task's at this gateway, whatever an upstream's part within says. */
  private static boolean isOfATask(JsonNode reply) {
    return reply.path("object").isTextual()
        && taskIds(reply).map(Tolerant::text).allMatch(String::isEmpty);
  }

  private static boolean isOwn(JsonNode id) {
    return Tolerant.text(id).startsWith("cgt-");
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
