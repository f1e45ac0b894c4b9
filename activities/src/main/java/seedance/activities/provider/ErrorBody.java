package seedance.activities.provider;

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
 * What a reply or a task says went wrong, in any of the shapes of {@link ErrorReading}. All of it
 * is foreign: it may quote a prompt, and is told by {@link Redaction} alone.
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
  private static final Pattern REQUEST_ID =
      Pattern.compile("[Rr]equest[ _-]?[Ii][Dd]: {0,4}([A-Za-z0-9_-]{8,100})");
  private static final Pattern MANY_DIGITS = Pattern.compile("(\\D*\\d){4}.*");

  /** Ark's, then that of gateways of the new-api family, then that of Volcengine's edge. */
  private static final List<String> REQUEST_ID_HEADERS =
      List.of("X-Request-Id", "X-Oneapi-Request-Id", "X-Tt-Logid");

  ErrorBody {
    within = List.copyOf(within);
  }

  /** One that wraps no other. */
  ErrorBody(String code, String param, String requestId, String message) {
    this(code, param, requestId, message, List.of());
  }

  /** Whether there is an error at all. */
  boolean isPresent() {
    return isSaid() || !within.isEmpty();
  }

  /** Whether it says anything itself. */
  boolean isSaid() {
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

  /** With an error that it passes on, and those that are wrapped in that. */
  ErrorBody around(ErrorBody inner) {
    return around(Stream.concat(Stream.of(inner.alone()), inner.within().stream()).toList());
  }

  /** With further errors, the nearer first. */
  ErrorBody around(List<ErrorBody> inner) {
    List<ErrorBody> all = new ArrayList<>(within);
    all.addAll(inner);
    return new ErrorBody(code, param, requestId, message, all);
  }

  static ErrorBody of(
      String code, String param, String text, Headers headers, List<ErrorBody> within) {
    String message = text.substring(0, Math.min(text.length(), LONGEST_MESSAGE));
    return new ErrorBody(
        CODE.matcher(code).matches() ? code : "",
        FieldNames.named(param, message),
        requestId(message, headers),
        message,
        within);
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
