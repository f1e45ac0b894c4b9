package seedance.activities.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.Headers;

/**
 * Finds the errors in an error's text. Gateways pass the service's answer on as JSON within their
 * own message, and gateways of gateways wrap that once more (M); others write the code into the
 * text, {@code InvalidParameter.TaskTypeConstraint: The parameter …}.
 */
final class WrappedErrors {
  private static final int MOST_CODES = 8;

  /** Two words in one, as every code is and hardly any other word. */
  private static final Pattern CODE =
      Pattern.compile(
          "(?<![\\w./-])(?:[A-Z][a-z]{1,30}(?:[A-Z][a-z]{0,30}){1,12}(?:\\.[A-Za-z_]{1,60}){0,4}"
              + "|[A-Za-z]{2,40}(?:_[A-Za-z]{2,40}){1,6})(?![\\w/-])");

  private static final Pattern ONE_WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{2,60}");

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
              .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(20)
                      .maxStringLength(Reply.LARGEST)
                      .build())
              .build());

  private WrappedErrors() {}

  /**
   * @param text all of it, as JSON that is cut cannot be read
   * @param message its beginning, to look for codes in
   */
  static List<ErrorBody> in(String text, String message) {
    List<ErrorBody> found = new ArrayList<>();
    Optional<ErrorBody> passedOn =
        json(text)
            .map(json -> ErrorBody.ofRefusal(json, Headers.EMPTY))
            .filter(ErrorBody::isPresent);
    passedOn.ifPresent(
        error -> {
          found.add(error.alone());
          found.addAll(error.within());
        });
    if (ONE_WORD.matcher(message.strip()).matches()) {
      found.add(new ErrorBody(message.strip(), "", "", ""));
    } else if (passedOn.isEmpty()) {
      CODE.matcher(message)
          .results()
          .limit(MOST_CODES)
          .forEach(code -> found.add(new ErrorBody(code.group(), "", "", "")));
    }
    return found;
  }

  /** The first object in a text, whatever stands around it. Each is shorter than the one around. */
  private static Optional<JsonNode> json(String text) {
    int start = text.indexOf('{');
    if (start < 0) {
      return Optional.empty();
    }
    try (JsonParser parser = JSON.createParser(text.substring(start))) {
      JsonNode json = JSON.readTree(parser);
      return Optional.ofNullable(json).filter(JsonNode::isObject);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
