package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.Headers;

/**
 * What a reply or a task says went wrong, in any of the shapes that are met: {@code
 * {"error":{"code","message","param","type"}}}, {@code {"error":"…"}}, {@code {"code","message"}},
 * {@code {"fail_reason":"…"}}, {@code {"detail":…}}. All of it is foreign: it may quote a prompt,
 * and is told by {@link Redaction} alone.
 *
 * @param code empty where there is none, or none that looks like one
 * @param param the request's field; empty where none is named
 * @param requestId empty where there is none
 * @param message the service's own text, cut
 * @param within the errors that are wrapped in this one, the nearer first: those of another service
 *     that a gateway passes on
 */
record ErrorBody(
    String code, String param, String requestId, String message, List<ErrorBody> within) {
  private static final int LONGEST_MESSAGE = 4000;
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
  private static final Pattern NO_ERROR = Pattern.compile("(?i)|0|2\\d\\d|success|ok");
  private static final Pattern REQUEST_ID =
      Pattern.compile("[Rr]equest[ _-]?[Ii][Dd]: {0,4}([A-Za-z0-9_-]{8,100})");
  private static final Pattern MANY_DIGITS = Pattern.compile("(\\D*\\d){4}.*");

  /** Ark's, then that of gateways of the new-api family, then that of Volcengine's edge. */
  private static final List<String> REQUEST_ID_HEADERS =
      List.of("X-Request-Id", "X-Oneapi-Request-Id", "X-Tt-Logid");

  /** Of gateways (M), where {@code error} is missing. */
  private static final List<String> TEXTS =
      List.of(
          "fail_reason",
          "failReason",
          "failure_reason",
          "error_message",
          "errorMessage",
          "error_msg",
          "task_status_msg");

  ErrorBody {
    within = List.copyOf(within);
  }

  /** One that wraps no other. */
  ErrorBody(String code, String param, String requestId, String message) {
    this(code, param, requestId, message, List.of());
  }

  /** Reads the error of a reply or of a task; one without code and message where it has none. */
  static ErrorBody in(JsonNode body, Headers headers) {
    JsonNode error =
        Stream.concat(
                Stream.of(body.path("error"), body.path("ResponseMetadata").path("Error")),
                TEXTS.stream().map(body::path))
            .filter(node -> node.isObject() && !node.isEmpty() || !Tolerant.text(node).isBlank())
            .findFirst()
            .orElse(MissingNode.getInstance());
    ErrorBody outer;
    if (error.isObject()) {
      outer = of(error, headers);
    } else if (!error.asText("").isBlank()) {
      outer = of(Tolerant.text(body.path("error_code")), "", error.asText(), headers);
    } else if (!body.path("detail").isMissingNode() && !body.has("code")) {
      outer = detail(body.path("detail"), headers);
    } else {
      boolean fine = NO_ERROR.matcher(Tolerant.text(body.path("code"))).matches();
      outer = fine ? of("", "", "", headers) : of(body, headers);
    }
    return Envelopes.in(body)
        .map(part -> part.path("error"))
        .filter(part -> part.isObject() && !part.isEmpty())
        .findFirst()
        .map(part -> outer.around(of(part, headers)))
        .orElse(outer);
  }

  /** The same of a reply that says by its status that it is about an error. */
  static ErrorBody ofRefusal(JsonNode body, Headers headers) {
    ErrorBody error = in(body, headers);
    return error.isPresent() || !body.isObject() ? error : of(body, headers);
  }

  /** Whether there is an error at all. */
  boolean isPresent() {
    return !code.isEmpty() || !message.isEmpty();
  }

  /** Without what is wrapped in it. */
  ErrorBody alone() {
    return new ErrorBody(code, param, requestId, message);
  }

  /** What the first of them says that says it; empty where none does. */
  private String inmost(Function<ErrorBody, String> part) {
    return inmostFirst().stream().map(part).filter(text -> !text.isBlank()).findFirst().orElse("");
  }

  /** The wrapped errors first that came with a text of their own. */
  private List<ErrorBody> inmostFirst() {
    List<ErrorBody> inmost = new ArrayList<>(within);
    inmost.removeIf(error -> error.message().isEmpty());
    Collections.reverse(inmost);
    inmost.add(alone());
    return inmost;
  }

  /** The text of whoever said it first. */
  String inmostMessage() {
    return inmost(ErrorBody::message);
  }

  /** The code of whoever said it first; empty where nobody gave one. */
  String inmostCode() {
    return inmost(ErrorBody::code);
  }

  /** The field that any of them names; empty where none does. */
  String anyParam() {
    return inmost(ErrorBody::param);
  }

  /** The request's id that any of them names; empty where none does. */
  String anyRequestId() {
    return inmost(ErrorBody::requestId);
  }

  private ErrorBody around(ErrorBody inner) {
    List<ErrorBody> all = new ArrayList<>(within);
    all.add(inner.alone());
    all.addAll(inner.within());
    return new ErrorBody(code, param, requestId, message, all);
  }

  /** Of FastAPI: a text, or a list of {@code {"loc":["body","duration"],"msg":"…"}}. */
  private static ErrorBody detail(JsonNode detail, Headers headers) {
    JsonNode first = detail.isArray() ? detail.path(0) : detail;
    return first.isObject()
        ? of(
            Tolerant.text(Tolerant.first(first.path("code"), first.path("type"))),
            FieldNames.joined(first.path("loc")),
            Tolerant.text(Tolerant.first(first.path("message"), first.path("msg"))),
            headers)
        : of("", "", Tolerant.text(first), headers);
  }

  static ErrorBody of(JsonNode error, Headers headers) {
    return of(
        Tolerant.text(Tolerant.first(error.path("code"), error.path("Code"), error.path("type"))),
        Tolerant.text(error.path("param")),
        Tolerant.text(
            Tolerant.first(error.path("message"), error.path("Message"), error.path("msg"))),
        headers);
  }

  static ErrorBody of(String code, String param, String text, Headers headers) {
    String message = text.substring(0, Math.min(text.length(), LONGEST_MESSAGE));
    return new ErrorBody(
        CODE.matcher(code).matches() ? code : "",
        FieldNames.named(param, message),
        requestId(message, headers),
        message,
        WrappedErrors.in(text));
  }

  private static String requestId(String message, Headers headers) {
    return Optional.of(REQUEST_ID.matcher(message))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        // A word of a prompt could stand there as well.
        .filter(id -> MANY_DIGITS.matcher(id).matches())
        .or(
            () ->
                REQUEST_ID_HEADERS.stream()
                    .map(headers::get)
                    .filter(value -> value != null && CODE.matcher(value).matches())
                    .findFirst())
        .orElse("");
  }

  /** Shows nothing, as all of it is foreign. */
  @Override
  public String toString() {
    return "ErrorBody[***]";
  }
}
