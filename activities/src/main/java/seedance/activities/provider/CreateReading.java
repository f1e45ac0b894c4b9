package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import seedance.activities.provider.TaskStatus.Known;
import seedance.workflows.generation.ServiceError;
import seedance.workflows.json.Json;

/** Reads what the service answered to a create. */
final class CreateReading {
  private static final Pattern CLIENT_ERROR = Pattern.compile("4\\d\\d");

  private CreateReading() {}

  /**
   * @param clock for a {@code Retry-After} that is a date
   * @param sent the body, of which the answer may tell nothing again
   */
  static Creation of(Reply reply, ServiceWords known, Clock clock, Json sent) {
    ServiceWords words = known.about(sent);
    Optional<String> taskId = reply.isSuccess() ? TaskIdReading.in(reply.json()) : Optional.empty();
    if (taskId.isPresent()) {
      return new Creation.Created(taskId.get());
    }
    ErrorBody error = error(reply);
    Redaction redaction = Redaction.of(sent);
    String shown = reply.shown(redaction.code(error, words));
    int status = status(reply, error);
    ErrorMeaning meaning =
        rule(reply, error, words, sent).judge(status, error, words).orElse(ErrorMeaning.IN_DOUBT);
    return switch (meaning.kind()) {
      case REJECTED ->
          new Creation.Rejected(
              orByStatus(
                  redaction.told(error, meaning.failure().orElseThrow(), words), reply.status()));
      case NOT_CREATED ->
          new Creation.NotCreated(
              "the service is busy (" + shown + ")", RetryAfter.of(reply.headers(), clock));
      case IN_DOUBT, NO_SUCH_TASK -> new Creation.Unknown(inDoubt(reply, shown));
    };
  }

  /** A page of a web server has no code, and its status is all there is to go by. */
  private static ServiceError orByStatus(ServiceError told, int status) {
    return told.code() == null && told.message() == null
        ? new ServiceError(
            told.failure(), String.valueOf(status), told.param(), told.requestId(), null)
        : told;
  }

  static ErrorBody error(Reply reply) {
    return reply.isSuccess()
        ? ErrorReading.in(reply.json(), reply.headers())
        : ErrorReading.ofRefusal(reply.json(), reply.headers());
  }

  /**
   * A gateway may answer 200 with {@code {"code":401,…}}, which then counts as its status; but not
   * beside an id, even one that cannot be used, nor beside a status of a task: then one may exist.
   * Nor is anything surely refused by an answer that speaks of a task which the request does not.
   */
  static CreateRule rule(Reply reply, ErrorBody error, ServiceWords words, Json sent) {
    boolean isOfATask =
        reply.isSuccess()
            && (TaskIdReading.ids(reply.json()).findAny().isPresent()
                || isUnderWay(reply.json(), words));
    return isOfATask || TaskIdReading.isAboutAnother(reply.json(), sent)
        ? CreateRule.NO_TASK_ID
        : CreateRule.of(status(reply, error), error, words);
  }

  private static boolean isUnderWay(JsonNode json, ServiceWords words) {
    return Stream.concat(Stream.of(json), Envelopes.in(json))
        .map(part -> words.status(Tolerant.text(part.path("status"))))
        .anyMatch(status -> status == Known.QUEUED || status == Known.RUNNING);
  }

  private static int status(Reply reply, ErrorBody error) {
    boolean codeIsStatus = reply.isSuccess() && CLIENT_ERROR.matcher(error.code()).matches();
    return codeIsStatus ? Integer.parseInt(error.code()) : reply.status();
  }

  private static String inDoubt(Reply reply, String shown) {
    return reply.isSuccess()
        ? "the answer %s (%s)".formatted(reply.trouble().orElse("has no task id"), shown)
        : "the service answered " + shown;
  }
}
