package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what the service answered to a look. */
final class LookReading {
  private final ServiceWords words;
  private final ServiceUrls urls;
  private final Clock clock;

  /**
   * @param clock for a {@code Retry-After} that is a date, and for times that cannot be
   */
  LookReading(ServiceWords words, ServiceUrls urls, Clock clock) {
    this.words = words;
    this.urls = urls;
    this.clock = clock;
  }

  /**
   * @param taskId the task that was asked for
   */
  Sighting read(String taskId, Reply reply) {
    Optional<JsonNode> task = reply.isSuccess() ? task(reply.json(), taskId) : Optional.empty();
    if (task.isPresent()) {
      return isAbout(taskId, task.get())
          ? new Sighting.Seen(
              new TaskReading(words, urls, clock.instant())
                  .read(taskId, task.get(), reply.json(), reply.headers()))
          : notSeen("the answer is about another task", reply);
    }
    ErrorBody error = ErrorBody.in(reply.json(), reply.headers());
    String code = Redaction.blind().code(error, words);
    if (isAboutNoTask(reply, error, words)) {
      boolean isPage = reply.trouble().isPresent() && !reply.isEmpty();
      return new Sighting.NoSuchTask(
          "the service knows no such task%s (%s)"
              .formatted(
                  isPage ? ", or no such path, compare SEEDANCE_BASE_URL" : "", reply.shown(code)));
    }
    if (reply.isSuccess()) {
      String what = reply.trouble().orElse("has no status");
      return notSeen("the answer %s (%s)".formatted(what, reply.shown(code)), reply);
    }
    return notSeen(reply.refusal(code, "the service did not show the task"), reply);
  }

  /** Whether the service says that it knows no such task. */
  static boolean isAboutNoTask(Reply reply, ErrorBody error, ServiceWords words) {
    boolean byCode = words.denyTheTask(error);
    return reply.status() == 404 || byCode && (reply.isSuccess() || reply.status() == 400);
  }

  private Sighting notSeen(String what, Reply reply) {
    return new Sighting.NotSeen(what, RetryAfter.of(reply.headers(), clock));
  }

  /**
   * The task itself, out of its envelope. A {@code status} beside a {@code code} is the envelope's
   * own, and so is one beside which no id stands while a part within names the task.
   */
  private static Optional<JsonNode> task(JsonNode reply, String taskId) {
    List<JsonNode> within = Envelopes.in(reply).filter(TaskReading::hasStatus).toList();
    Optional<JsonNode> named =
        within.stream().filter(part -> ids(part).contains(taskId)).findFirst();
    boolean isBare =
        TaskReading.hasStatusWord(reply)
            && !reply.has("code")
            && (!ids(reply).isEmpty() || named.isEmpty());
    if (isBare) {
      return Optional.of(reply);
    }
    return named
        .or(() -> within.stream().filter(TaskReading::hasStatusWord).findFirst())
        .or(() -> Optional.of(reply).filter(TaskReading::hasStatus))
        .or(() -> within.stream().findFirst());
  }

  /** OpenAI-style replies have both ids and either may be ours; some have none. */
  private static boolean isAbout(String taskId, JsonNode task) {
    List<String> ids = ids(task);
    return ids.isEmpty() || ids.stream().anyMatch(id -> isSame(taskId, id) || isSame(id, taskId));
  }

  /** A gateway may put the provider's name before its id, {@code ark:cgt-…}, in one answer only. */
  private static boolean isSame(String whole, String id) {
    return whole.equals(id) || whole.endsWith(":" + id) || whole.endsWith("/" + id);
  }

  private static List<String> ids(JsonNode task) {
    return Stream.of(task.path("id"), task.path("task_id"), task.path("taskId"))
        .map(Tolerant::text)
        .filter(id -> !id.isEmpty())
        .toList();
  }
}
