package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.Headers;

/**
 * Reads what went wrong in any of the shapes that are met (M but for the first, which is H): {@code
 * {"error":{"code","message","param","type"}}}, {@code {"error":"…"}}, {@code {"errors":[…]}},
 * {@code {"code","message"}}, {@code {"fail_reason":"…"}}, {@code {"failCode","failMsg"}}, {@code
 * {"detail":…}}; any of them in a list or in one another, and as JSON in a text beside. It goes
 * down twice at most.
 */
final class ErrorReading {
  private static final int DEEPEST = 2;
  private static final int MOST_ITEMS = 10;

  private static final Pattern NO_ERROR = Pattern.compile("(?i)|0|2\\d\\d|success|ok");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+");

  /** Objects, texts or lists of them; the latter names are gateways', where there is no error. */
  private static final List<String> ERRORS =
      List.of(
          "error",
          "errors",
          "fail_reason",
          "failReason",
          "failure_reason",
          "failed_reason",
          "error_message",
          "errorMessage",
          "error_msg",
          "failMsg",
          "fail_msg",
          "task_status_msg");

  private static final List<String> CODES =
      List.of("error_code", "errorCode", "failCode", "fail_code");

  private static final List<String> MESSAGES = List.of("message", "msg");

  private final Headers headers;

  private ErrorReading(Headers headers) {
    this.headers = headers;
  }

  /** Of a reply, or a part of one; without code and message where it is about no error. */
  static ErrorBody in(JsonNode reply, Headers headers) {
    return new ErrorReading(headers).in(reply, DEEPEST);
  }

  /** Of a reply that says by its status that it is about an error. */
  static ErrorBody ofRefusal(JsonNode reply, Headers headers) {
    ErrorReading reading = new ErrorReading(headers);
    if (reply.isTextual()) {
      return reading.of("", reply.textValue());
    }
    JsonNode body = first(reply);
    ErrorBody error = reading.in(body, DEEPEST);
    if (!error.isSaid()) {
      return body.isObject() ? reading.object(body).around(error.within()) : error;
    }
    // No text is opened twice, as each may hold many.
    String beside = error.inmostMessage().isEmpty() ? said(body, MESSAGES) : "";
    return beside.isEmpty() ? error : error.around(reading.of("", beside));
  }

  /**
   * Of a task that ended without a video: any message in it is about that.
   *
   * @param reply all of it, which is asked where the task's own part names no error
   */
  static ErrorBody ofEnded(JsonNode task, JsonNode reply, Headers headers) {
    ErrorReading reading = new ErrorReading(headers);
    ErrorBody own = reading.in(task, DEEPEST);
    if (own.isSaid() && !own.inmostMessage().isEmpty()) {
      return own;
    }
    ErrorBody beside = reading.beside(task);
    if (own.isSaid()) {
      return beside.isPresent() ? own.around(beside) : own;
    }
    if (own.isPresent()) {
      return beside.around(own.within());
    }
    ErrorBody outer = reading.in(reply, DEEPEST);
    if (!outer.isSaid()) {
      return beside.around(outer.within());
    }
    return beside.isPresent() ? outer.around(beside) : outer;
  }

  /** What stands beside a task's status; next to a code that is fine, a message is of the call. */
  private ErrorBody beside(JsonNode task) {
    String reason = said(task, List.of("reason"));
    String message = text(task.path("code")).isBlank() ? said(task, MESSAGES) : "";
    if (message.isEmpty()) {
      return of("", reason);
    }
    return reason.indexOf(' ') < 0 ? of(reason, message) : of("", message).around(of("", reason));
  }

  private ErrorBody in(JsonNode reply, int deeper) {
    JsonNode body = first(reply);
    ErrorBody outer = outer(body, deeper);
    if (deeper == 0) {
      return outer;
    }
    Stream<ErrorBody> within =
        Stream.of(
                Envelopes.in(body).map(part -> outer(part, 0)),
                passedOn(body, deeper),
                objects(body, MESSAGES).map(part -> in(part, deeper - 1)))
            .flatMap(each -> each);
    return within.filter(ErrorBody::isPresent).findFirst().map(outer::around).orElse(outer);
  }

  /** What a reply says itself. */
  private ErrorBody outer(JsonNode body, int deeper) {
    return Stream.concat(
            ERRORS.stream().map(body::path), Stream.of(body.path("ResponseMetadata").path("Error")))
        .map(ErrorReading::first)
        .filter(ErrorReading::says)
        .map(error -> error.isObject() ? read(error, deeper) : spoken(error, body))
        .filter(ErrorBody::isPresent)
        .findFirst()
        .or(() -> detail(body, deeper))
        .orElseGet(() -> coded(body));
  }

  /** A text, with the code that stands beside it, and the message that {@code error} heads. */
  private ErrorBody spoken(JsonNode text, JsonNode body) {
    String own = text(body.path("code"));
    boolean isWord = !isFine(own) && !NUMBER.matcher(own).matches();
    String code = said(body, CODES);
    ErrorBody error = of(code.isEmpty() && isWord ? own : code, text(text));
    String message = body.path("error").isTextual() ? said(body, MESSAGES) : "";
    return message.isEmpty() ? error : error.around(of("", message));
  }

  /** Of FastAPI: a text, an object, or a list of {@code {"loc":["body","duration"],"msg":"…"}}. */
  private Optional<ErrorBody> detail(JsonNode body, int deeper) {
    JsonNode detail = first(body.path("detail"));
    if (!says(detail) || body.has("code")) {
      return Optional.empty();
    }
    if (!detail.isObject()) {
      return Optional.of(of("", text(detail)));
    }
    if (deeper > 0 && says(first(detail.path("error")))) {
      return Optional.of(outer(detail, deeper - 1));
    }
    return Optional.of(
        of(
            text(Tolerant.first(detail.path("code"), detail.path("type"))),
            FieldNames.joined(detail.path("loc")),
            said(detail, MESSAGES),
            headers));
  }

  /** {@code {"code","message"}}, which a success has as well. */
  private ErrorBody coded(JsonNode body) {
    if (!isFine(text(body.path("code")))) {
      return object(body);
    }
    String code = said(body, CODES);
    return code.isEmpty() ? of("", "") : of(code, said(body, MESSAGES));
  }

  /** An error's object, and the one within it; that one speaks where the outer says nothing. */
  private ErrorBody read(JsonNode error, int deeper) {
    ErrorBody own = object(error);
    if (deeper == 0) {
      return own;
    }
    Optional<ErrorBody> inner =
        objects(error, List.of("error", "message", "msg"))
            .map(part -> read(part, deeper - 1))
            .filter(ErrorBody::isPresent)
            .findFirst();
    if (inner.isPresent()) {
      return own.isSaid() ? own.around(inner.get()) : inner.get();
    }
    return passedOn(error, deeper)
        .filter(ErrorBody::isPresent)
        .findFirst()
        .map(own::around)
        .orElse(own);
  }

  /** What a gateway adds to its own error; an object {@code data} is an envelope's. */
  private Stream<ErrorBody> passedOn(JsonNode node, int deeper) {
    JsonNode data = node.path("data");
    return Stream.of(
            node.path("details"),
            node.path("metadata").path("raw"),
            data.isTextual() ? data : MissingNode.getInstance())
        .flatMap(part -> opened(part).stream())
        .map(part -> in(part, deeper - 1));
  }

  private static Optional<JsonNode> opened(JsonNode part) {
    return part.isTextual()
        ? JsonInText.in(part.textValue())
        : Optional.of(part).filter(JsonNode::isContainerNode);
  }

  private ErrorBody object(JsonNode error) {
    String code = text(Tolerant.first(error.path("code"), error.path("Code"), error.path("type")));
    String other = said(error, List.of("errorCode", "error_code", "name"));
    String message = said(error, List.of("message", "Message", "msg", "error", "detail", "reason"));
    ErrorBody own = of(code.isBlank() ? other : code, text(error.path("param")), message, headers);
    boolean hasBoth = !code.isBlank() && !other.isEmpty() && !other.equals(code);
    return hasBoth ? own.around(of(other, "")) : own;
  }

  private ErrorBody of(String code, String message) {
    return of(code, "", message, headers);
  }

  /**
   * @param text all of it, as JSON that is cut cannot be read for the errors in it
   */
  static ErrorBody of(String code, String param, String text, Headers headers) {
    return ErrorBody.of(code, param, text, headers, wrappedIn(text));
  }

  private static List<ErrorBody> wrappedIn(String text) {
    return JsonInText.in(text)
        .map(json -> ofRefusal(json, Headers.EMPTY))
        .filter(ErrorBody::isPresent)
        .map(error -> Stream.concat(Stream.of(error.alone()), error.within().stream()).toList())
        .orElse(List.of());
  }

  private static Stream<JsonNode> objects(JsonNode node, List<String> names) {
    return names.stream()
        .map(node::path)
        .filter(JsonNode::isContainerNode)
        .map(ErrorReading::first)
        .filter(JsonNode::isObject);
  }

  /** The first of a list that says something; what is no list is itself. */
  private static JsonNode first(JsonNode node) {
    return node.isArray()
        ? Stream.iterate(0, i -> i < Math.min(MOST_ITEMS, node.size()), i -> i + 1)
            .map(node::path)
            .filter(ErrorReading::says)
            .findFirst()
            .orElse(MissingNode.getInstance())
        : node;
  }

  private static boolean says(JsonNode node) {
    return node.isObject() ? !node.isEmpty() : !isFine(text(node));
  }

  private static boolean isFine(String text) {
    return NO_ERROR.matcher(text.strip()).matches();
  }

  /** The first of the fields that says something in a text or a number; "" where none does. */
  private static String said(JsonNode node, List<String> names) {
    return names.stream()
        .map(name -> text(node.path(name)))
        .filter(text -> !isFine(text))
        .findFirst()
        .orElse("");
  }

  /** Yes and no are no words. */
  private static String text(JsonNode node) {
    return node.isBoolean() ? "" : Tolerant.text(node);
  }
}
