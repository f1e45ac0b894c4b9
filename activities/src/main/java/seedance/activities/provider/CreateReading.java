package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what the service answered to a create. */
final class CreateReading {
  private static final Pattern CLIENT_ERROR = Pattern.compile("4\\d\\d");

  private CreateReading() {}

  /**
   * @param clock for a {@code Retry-After} that is a date
   */
  static Creation of(Reply reply, Clock clock) {
    Optional<String> taskId = reply.isSuccess() ? taskId(reply.json()) : Optional.empty();
    if (taskId.isPresent()) {
      return new Creation.Created(taskId.get());
    }
    ErrorBody error = ErrorBody.in(reply.json(), reply.headers());
    CreateRule rule = rule(reply, error);
    return switch (rule.verdict()) {
      case REJECTED -> new Creation.Rejected(error.toServiceError(rule.failure()));
      case NOT_CREATED ->
          new Creation.NotCreated(
              "the service is busy (" + reply.shown(error) + ")",
              RetryAfter.of(reply.headers(), clock));
      case UNKNOWN -> new Creation.Unknown(inDoubt(reply, error));
    };
  }

  private static Optional<String> taskId(JsonNode reply) {
    return ids(reply).map(Tolerant::text).filter(TaskId::isOne).findFirst();
  }

  /** Ids come as {@code id} or {@code task_id}, bare or in an envelope's {@code data} or result. */
  private static Stream<JsonNode> ids(JsonNode reply) {
    return Stream.of(reply, reply.path("data"), reply.path("result"))
        .flatMap(level -> Stream.of(level.path("id"), level.path("task_id")))
        .filter(id -> id.isContainerNode() || !Tolerant.text(id).isEmpty());
  }

  /**
   * A gateway may answer 200 with {@code {"code":401,…}}, which then counts as its status; but not
   * beside an id, even one that cannot be used: then a task may exist.
   */
  static CreateRule rule(Reply reply, ErrorBody error) {
    if (reply.isSuccess() && ids(reply.json()).findAny().isPresent()) {
      return CreateRule.NO_TASK_ID;
    }
    boolean codeIsStatus = reply.isSuccess() && CLIENT_ERROR.matcher(error.code()).matches();
    return CreateRule.of(codeIsStatus ? Integer.parseInt(error.code()) : reply.status(), error);
  }

  private static String inDoubt(Reply reply, ErrorBody error) {
    return reply.isSuccess()
        ? "the answer %s (%s)"
            .formatted(reply.trouble().orElse("has no task id"), reply.shown(error))
        : "the service answered " + reply.shown(error);
  }
}
