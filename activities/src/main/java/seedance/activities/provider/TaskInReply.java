package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the part of a reply that is about a task, out of its gateway's envelope. */
final class TaskInReply {
  /**
   * What only a task has. An envelope about something that went wrong has none of these (M); it may
   * name the model.
   */
  private static final List<String> OWN_FACTS =
      List.of(
          "task_status",
          "taskStatus",
          "created_at",
          "createdAt",
          "created",
          "create_time",
          "submit_time",
          "start_time",
          "updated_at",
          "updatedAt",
          "completed_at",
          "finished_at",
          "finish_time",
          "progress",
          "content",
          "usage",
          "seed",
          "resolution",
          "ratio");

  private final JsonNode reply;
  private final String taskId;
  private final Predicate<JsonNode> namesVideo;
  private final boolean isList;

  /**
   * @param namesVideo whether a part of the reply names a video itself
   */
  TaskInReply(JsonNode reply, String taskId, Predicate<JsonNode> namesVideo) {
    this.reply = reply;
    this.taskId = taskId;
    this.namesVideo = namesVideo;
    this.isList = Envelopes.haveSeveral(reply, TaskReading::hasStatus);
  }

  /**
   * The task itself; empty where there is none, or nothing says which one. A {@code status} beside
   * a {@code code} is the envelope's own, and so is one beside which neither id nor video stands
   * while a part within has its own.
   */
  Optional<JsonNode> find() {
    List<JsonNode> within = Envelopes.tasks(reply).filter(TaskReading::hasStatus).toList();
    Optional<JsonNode> named = within.stream().filter(this::names).findFirst();
    Optional<JsonNode> worded = within.stream().filter(TaskReading::hasStatusWord).findFirst();
    boolean isTheTask =
        names(reply) || named.isEmpty() && (worded.isEmpty() || isNoEnvelope(reply));
    if (TaskReading.hasStatusWord(reply) && !reply.has("code") && isTheTask) {
      return Optional.of(reply);
    }
    if (named.isPresent()) {
      return named;
    }
    if (isList) {
      return within.stream().filter(part -> ids(part).findAny().isPresent()).findFirst();
    }
    return worded
        .map(this::inmost)
        .or(() -> Optional.of(reply).filter(TaskReading::hasStatus))
        .or(() -> within.stream().findFirst());
  }

  /** Whether the reply is about several tasks. */
  boolean isOfSeveral() {
    return isList;
  }

  /** What else of the reply may tell of the task: not the other tasks of a list. */
  JsonNode around(JsonNode task) {
    return isList ? task : reply;
  }

  /** OpenAI-style replies have both ids and either may be ours; some have none. */
  boolean isOurs(JsonNode task) {
    return ids(task).findAny().isEmpty() || names(task);
  }

  /**
   * Whether what a part says is said of the task. An envelope's own {@code status} is a word for
   * what went wrong with the call, {@code {status:"error", message:"database is locked"}}, as often
   * as one for a task that failed.
   */
  boolean isSurelyOf(JsonNode task) {
    return TaskIdReading.ids(reply).map(Tolerant::text).anyMatch(this::isOurs)
        || hasOwnFacts(task)
        || task != reply && Envelopes.sayFine(reply);
  }

  private boolean isNoEnvelope(JsonNode part) {
    return isList || ids(part).findAny().isPresent() || namesVideo.test(part);
  }

  /** Gateways of gateways wrap twice. */
  private JsonNode inmost(JsonNode part) {
    return isNoEnvelope(part) || hasOwnFacts(part)
        ? part
        : Envelopes.in(part).filter(TaskReading::hasStatusWord).findFirst().orElse(part);
  }

  private static boolean hasOwnFacts(JsonNode part) {
    return OWN_FACTS.stream()
        .map(part::path)
        .anyMatch(fact -> !fact.isEmpty() || !Tolerant.text(fact).isBlank());
  }

  private boolean names(JsonNode part) {
    return ids(part).anyMatch(this::isOurs);
  }

  /** A gateway may put the provider's name before its id, {@code ark:cgt-…}, in one answer only. */
  private boolean isOurs(String id) {
    return isSame(taskId, id) || isSame(id, taskId);
  }

  private static boolean isSame(String whole, String id) {
    return !id.isEmpty()
        && (whole.equals(id) || whole.endsWith(":" + id) || whole.endsWith("/" + id));
  }

  private static Stream<String> ids(JsonNode part) {
    return Stream.of(part.path("id"), part.path("task_id"), part.path("taskId"))
        .map(Tolerant::text)
        .filter(id -> !id.isEmpty());
  }
}
