package seedance.activities.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.Response;
import okio.BufferedSource;
import okio.ByteString;
import okio.GzipSource;
import okio.Okio;
import okio.Options;

/**
 * A reply of the service, read within limits. The service is not trusted: a body that cannot be
 * read leaves the status, which is often answer enough.
 *
 * @param json the body; a string where it is a sentence instead of JSON, which may be the reason;
 *     missing where it could not be read
 * @param trouble why it could not be read, to follow "a reply that"; empty where it could
 */
record Reply(int status, Headers headers, JsonNode json, Optional<String> trouble) {
  /** The largest true reply is a few KB. */
  static final int LARGEST = 1 << 20;

  private static final String EMPTY = "is empty";
  private static final String NOT_JSON = "is not JSON";

  private static final int LONGEST_SENTENCE = 2000;

  /** No page, and no JSON that was cut. */
  private static final Pattern SENTENCE =
      Pattern.compile("(?!\\{|\\[\\s*\\{)(?!.*</?[A-Za-z!])[^\\p{Cc}\uFFFD]+", Pattern.DOTALL);

  /** Made plain: then all of it is cut out of whatever is told. */
  private static final Pattern URL = Pattern.compile("(?i)https?://\\S+");

  private static final Options BYTE_ORDER_MARK = Options.of(ByteString.decodeHex("efbbbf"));

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(100)
                      .maxNumberLength(100)
                      .maxNameLength(1000)
                      .maxStringLength(LARGEST)
                      .build())
              .build());

  /**
   * Reads the body; the caller closes the response.
   *
   * @param key is blanked wherever the reply repeats it
   */
  static Reply read(Response received, Secret key) {
    Headers headers = blanked(received.headers(), key);
    Response response = received.newBuilder().headers(headers).build();
    String text;
    try {
      BufferedSource source = response.body().source();
      boolean isTooLarge = source.request(LARGEST + 1L);
      if (!isTooLarge && FileAnswer.isCompressed(response) && !source.exhausted()) {
        source = Okio.buffer(new GzipSource(source));
        isTooLarge = source.request(LARGEST + 1L);
      }
      if (isTooLarge) {
        return unreadable(response, "is larger than 1 MiB");
      }
      source.select(BYTE_ORDER_MARK);
      text = source.getBuffer().readUtf8();
    } catch (IOException e) {
      return unreadable(response, "was cut short");
    }
    try {
      JsonNode json = MAPPER.readTree(text);
      if (json.isMissingNode()) {
        return unreadable(response, EMPTY);
      }
      return isSentence(json, text)
          ? spoken(response, key.blankedIn(text))
          : new Reply(response.code(), headers, blanked(json, key), Optional.empty());
    } catch (JsonProcessingException e) {
      return spoken(response, key.blankedIn(text));
    }
  }

  private static Headers blanked(Headers headers, Secret key) {
    Headers.Builder told = new Headers.Builder();
    for (int i = 0; i < headers.size(); i++) {
      told.addUnsafeNonAscii(headers.name(i), key.blankedIn(headers.value(i)));
    }
    return told.build();
  }

  /**
   * A URL that only begins as the key does stays as it is: it is fetched and never told, and what
   * is blanked in it cannot be fetched.
   */
  private static JsonNode blanked(JsonNode node, Secret key) {
    if (node.isObject()) {
      ObjectNode object = MAPPER.createObjectNode();
      node.properties()
          .forEach(
              field -> object.set(key.blankedIn(field.getKey()), blanked(field.getValue(), key)));
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = MAPPER.createArrayNode();
      node.forEach(item -> array.add(blanked(item, key)));
      return array;
    }
    String text = node.asText();
    String told = key.blankedIn(text);
    return told.equals(text) || isAnotherUrl(text, key) ? node : TextNode.valueOf(told);
  }

  private static boolean isAnotherUrl(String text, Secret key) {
    String plain = PlainText.of(text);
    return URL.matcher(plain).matches() && !key.isWholeIn(plain);
  }

  /** What a text of a reply is, where it is JSON once more; empty where it is not. */
  static Optional<JsonNode> jsonIn(String text) {
    if (!text.startsWith("{") && !text.startsWith("[")) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** {@code 400 and a reason}, which begins with a number of JSON. */
  private static boolean isSentence(JsonNode json, String text) {
    return json.isValueNode()
        && !json.isTextual()
        && text.strip().chars().anyMatch(Character::isWhitespace);
  }

  /**
   * A 404 or 405 without JSON is about the path, whatever it says; after 2xx and 5xx, sentences
   * decide nothing.
   */
  private static Reply spoken(Response response, String text) {
    int status = response.code();
    String line = text.strip().replaceAll("\\s+", " ");
    boolean isReason =
        status / 100 == 4
            && status != 404
            && status != 405
            && line.length() <= LONGEST_SENTENCE
            && SENTENCE.matcher(line).matches();
    return isReason
        ? new Reply(status, response.headers(), TextNode.valueOf(line), Optional.of(NOT_JSON))
        : unreadable(response, NOT_JSON);
  }

  private static Reply unreadable(Response response, String trouble) {
    return new Reply(
        response.code(), response.headers(), MissingNode.getInstance(), Optional.of(trouble));
  }

  boolean isSuccess() {
    return status / 100 == 2;
  }

  boolean isEmpty() {
    return trouble.filter(EMPTY::equals).isPresent();
  }

  /**
   * The status and the error's code, such as {@code 429 ServerOverloaded}.
   *
   * @param code as {@link Redaction#code} tells it
   */
  String shown(String code) {
    return code.isEmpty() || code.equals(String.valueOf(status))
        ? String.valueOf(status)
        : status + " " + code;
  }

  /**
   * What a call that the service did not do came to, in our own words, such as {@code the service
   * is busy (429 ServerOverloaded)}.
   *
   * @param code as {@link Redaction#code} tells it
   * @param otherwise the words for a status that has none of its own
   */
  String refusal(String code, String otherwise) {
    String what =
        switch (status) {
          case 429 -> "the service is busy";
          case 401, 403 -> "the service refuses the key";
          case 405 -> "the service has no such path, compare SEEDANCE_BASE_URL";
          default -> otherwise;
        };
    return what + " (" + shown(code) + ")";
  }
}
