package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.Optional;
import seedance.workflows.generation.FailureType;

/** Reads what the service answered to a look. */
final class LookReading {
  private static final String NO_SUCH_PATH =
      ", or no such path, compare SEEDANCE_BASE_URL and SEEDANCE_LOOK_PATH";

  private static final int TOO_MANY = 429;

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
  TaskLook read(String taskId, Reply reply) {
    VideoUrls videos = new VideoUrls(urls, taskId);
    TaskInReply told = new TaskInReply(reply.json(), taskId, videos::isNamedBy);
    Optional<JsonNode> part = reply.isSuccess() ? told.find() : Optional.empty();
    if (part.isPresent() && !told.isOurs(part.get())) {
      return notSeen("the answer is about another task", reply);
    }
    Optional<Task> task =
        part.map(
            found ->
                new TaskReading(words, urls, clock.instant())
                    .read(taskId, found, told.around(found), reply.headers()));
    if (task.isPresent()
        && (task.get().error().map(LookReading::isOfTasksOnly).orElse(true)
            || told.isSurelyOf(part.get()))) {
      return new TaskLook.Seen(task.get());
    }
    ErrorBody error = ErrorReading.in(reply.json(), reply.headers());
    String code = Redaction.blind().code(error, words);
    if (isAboutNoTask(reply, error, words)) {
      boolean isPage =
          reply.trouble().isPresent()
              ? !reply.isEmpty()
              : error.isPresent() && NoSuchPath.isSaidBy(error.inmostMessage());
      return new TaskLook.NoSuchTask(
          "the service knows no such task%s (%s)"
              .formatted(isPage ? NO_SUCH_PATH : "", reply.shown(code)));
    }
    if (reply.isSuccess()) {
      String what =
          task.map(of -> "says \"" + of.status().word() + "\", but not of which task")
              .or(reply::trouble)
              .orElse(told.isOfSeveral() ? "does not say which task it means" : "has no status");
      return notSeen("the answer %s (%s)".formatted(what, reply.shown(code)), reply);
    }
    return notSeen(reply.refusal(code, "the service did not show the task"), reply);
  }

  /** A look itself has nothing that could be moderated; a sentence may be about an account. */
  private static boolean isOfTasksOnly(TaskError error) {
    return error.isDecidedByACode()
        && (error.failure() == FailureType.INPUT_MODERATED
            || error.failure() == FailureType.OUTPUT_MODERATED);
  }

  /** Whether the service says that it knows no such task. */
  static boolean isAboutNoTask(Reply reply, ErrorBody error, ServiceWords words) {
    boolean byCode = words.denyTheTask(error);
    return reply.status() == 404 || byCode && (reply.isSuccess() || reply.status() == 400);
  }

  private TaskLook notSeen(String what, Reply reply) {
    return new TaskLook.NotSeen(
        what, RetryAfter.of(reply.headers(), clock), reply.status() == TOO_MANY);
  }
}
