package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what the service answered to a look. */
final class LookReading {
  /** H: {@code NotFound.*}; M: {@code task_not_exist} of gateways, as a 400. */
  private static final Pattern NO_SUCH_TASK =
      Pattern.compile("task_not_exist|NotFound(\\..*)?|ResourceNotFound(\\..*)?");

  private LookReading() {}

  /**
   * @param taskId the task that was asked for
   * @param clock for a {@code Retry-After} that is a date
   */
  static Sighting of(String taskId, Reply reply, Clock clock) {
    JsonNode task = task(reply.json());
    if (reply.isSuccess() && task.path("status").isTextual()) {
      return isAbout(taskId, task)
          ? new Sighting.Seen(TaskReading.of(taskId, task, reply.headers()))
          : notSeen("the answer is about another task", reply, clock);
    }
    ErrorBody error = ErrorBody.in(reply.json(), reply.headers());
    if (isAboutNoTask(reply, error)) {
      return new Sighting.NoSuchTask("the service knows no such task (" + reply.shown(error) + ")");
    }
    if (reply.isSuccess()) {
      String what = reply.trouble().orElse("has no status");
      return notSeen("the answer %s (%s)".formatted(what, reply.shown(error)), reply, clock);
    }
    return notSeen(reply.refusal(error, "the service did not show the task"), reply, clock);
  }

  /** Whether the service says that it knows no such task. */
  static boolean isAboutNoTask(Reply reply, ErrorBody error) {
    boolean byCode = NO_SUCH_TASK.matcher(error.code()).matches();
    return reply.status() == 404 || byCode && (reply.isSuccess() || reply.status() == 400);
  }

  private static Sighting notSeen(String what, Reply reply, Clock clock) {
    return new Sighting.NotSeen(what, RetryAfter.of(reply.headers(), clock));
  }

  /**
   * The task itself, out of its envelope. A {@code status} beside a {@code code} is the envelope's
   * own.
   */
  private static JsonNode task(JsonNode reply) {
    if (reply.path("status").isTextual() && !reply.has("code")) {
      return reply;
    }
    return Stream.of(reply.path("data"), reply.path("result"))
        .filter(inner -> inner.path("status").isTextual())
        .findFirst()
        .orElse(reply);
  }

  /** OpenAI-style replies have both ids and either may be ours; some have none. */
  private static boolean isAbout(String taskId, JsonNode task) {
    List<String> ids =
        Stream.of(task.path("id"), task.path("task_id"))
            .map(Tolerant::text)
            .filter(id -> !id.isEmpty())
            .toList();
    return ids.isEmpty() || ids.contains(taskId);
  }
}
