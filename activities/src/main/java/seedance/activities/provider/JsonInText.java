package seedance.activities.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds JSON in a text: gateways pass the service's answer on as JSON within their own message, and
 * gateways of gateways wrap that once more (M).
 */
final class JsonInText {
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

  private JsonInText() {}

  /** The first object in a text, whatever stands around it. Each is shorter than the one around. */
  static Optional<JsonNode> in(String text) {
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
