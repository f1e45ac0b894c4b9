package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Headers;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.ServiceError;

/**
 * What a reply or a task says went wrong, in any of the shapes that are met: {@code
 * {"error":{"code","message","param","type"}}}, {@code {"error":"…"}}, {@code {"code","message"}}.
 *
 * @param code safe to show; empty where there is none, or none that looks like one
 * @param param the request's field, safe to show; empty where none is named
 * @param requestId safe to show; empty where there is none
 * @param message the service's own text, cut, for classifying only: it may quote a prompt
 */
record ErrorBody(String code, String param, String requestId, String message) {
  private static final int LONGEST_MESSAGE = 4000;
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
  private static final Pattern NO_ERROR = Pattern.compile("(?i)|0|2\\d\\d|success|ok");
  private static final Pattern FIELD =
      Pattern.compile("(?=.{1,60}$)[A-Za-z_]\\w*(\\[\\d{1,4}]|\\.\\w+)*");
  private static final Pattern QUOTED = Pattern.compile("`([^`\\s]{1,60})`");
  private static final Pattern REQUEST_ID =
      Pattern.compile("[Rr]equest[ _-]?[Ii][Dd]: {0,4}([A-Za-z0-9_-]{8,100})");

  /** A gateway may pass the code of moderation on in its own error's text only. */
  private static final Pattern MODERATION_IN_TEXT =
      Pattern.compile(
          "\\b(Input|Output)[A-Za-z]{1,20}SensitiveContentDetected(\\.[A-Za-z]{1,40})?");

  /** Ark's, then that of gateways of the new-api family, then that of Volcengine's edge. */
  private static final List<String> REQUEST_ID_HEADERS =
      List.of("X-Request-Id", "X-Oneapi-Request-Id", "X-Tt-Logid");

  /** Reads the error of a reply or of a task; one without code and message where it has none. */
  static ErrorBody in(JsonNode body, Headers headers) {
    // Gateways of the new-api family write a task's error as fail_reason.
    JsonNode error = Tolerant.first(body.path("error"), body.path("fail_reason"));
    if (error.isObject()) {
      return of(error, headers);
    }
    if (!error.asText("").isBlank()) {
      return of("", "", error.asText(), headers);
    }
    boolean fine = NO_ERROR.matcher(Tolerant.text(body.path("code"))).matches();
    return fine ? of("", "", "", headers) : of(body, headers);
  }

  /** Whether there is an error at all. */
  boolean isPresent() {
    return !code.isEmpty() || !message.isEmpty();
  }

  /** The verdict against a request or a task. */
  ServiceError toServiceError(FailureType failure) {
    return new ServiceError(
        failure,
        code.isEmpty() ? null : code,
        param.isEmpty() ? null : param,
        requestId.isEmpty() ? null : requestId);
  }

  private static ErrorBody of(JsonNode error, Headers headers) {
    return of(
        Tolerant.text(Tolerant.first(error.path("code"), error.path("type"))),
        Tolerant.text(error.path("param")),
        Tolerant.text(Tolerant.first(error.path("message"), error.path("msg"))),
        headers);
  }

  private static ErrorBody of(String code, String param, String text, Headers headers) {
    String message = text.substring(0, Math.min(text.length(), LONGEST_MESSAGE));
    return new ErrorBody(
        code(code, message),
        FIELD.matcher(param).matches() ? param : quotedField(message),
        requestId(message, headers),
        message);
  }

  private static String code(String code, String message) {
    Matcher inText = MODERATION_IN_TEXT.matcher(message);
    if (!code.contains("SensitiveContentDetected") && inText.find()) {
      return inText.group();
    }
    return CODE.matcher(code).matches() ? code : "";
  }

  private static String quotedField(String message) {
    return QUOTED
        .matcher(message)
        .results()
        .map(quoted -> quoted.group(1))
        .filter(FIELD.asMatchPredicate())
        .findFirst()
        .orElse("");
  }

  private static String requestId(String message, Headers headers) {
    Matcher inMessage = REQUEST_ID.matcher(message);
    if (inMessage.find()) {
      return inMessage.group(1);
    }
    return REQUEST_ID_HEADERS.stream()
        .map(headers::get)
        .filter(value -> value != null && CODE.matcher(value).matches())
        .findFirst()
        .orElse("");
  }
}
