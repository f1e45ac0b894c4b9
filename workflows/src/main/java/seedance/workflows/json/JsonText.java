package seedance.workflows.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON where the text itself is at hand, as in files and on the command line, strictly:
 * duplicate keys and text after the value are violations too. Never throws on bad text and never
 * repeats what the text says.
 */
final class JsonText {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonTokens.MOST_LEVELS)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();
  private static final Pattern UNEXPECTED = Pattern.compile("^Unexpected character \\('(.)'");

  private final Violations found = new Violations();
  private final Map<String, Place> places = new HashMap<>();
  private final JsonParser parser;
  private final boolean keepsPlaces;
  private @Nullable JsonStep at;
  private Map<String, Place> fields = Map.of();
  private boolean betweenFields;

  private JsonText(JsonParser parser, boolean keepsPlaces) {
    this.parser = parser;
    this.keepsPlaces = keepsPlaces;
  }

  /** A place in a text; both count from 1. */
  record Place(int line, int column) {
    static Place of(JsonLocation location) {
      return new Place(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    @Override
    public String toString() {
      return "line " + line + ", column " + column;
    }
  }

  /**
   * What was read, as plain Java, together with what is wrong with it and the places of its parts,
   * by path; of a syntax error, the place where it is.
   *
   * @param tree counts only where nothing is wrong; null for JSON {@code null} too
   */
  record Located(@Nullable Object tree, Violations found, Map<String, Place> places) {}

  /** Reads UTF-8. */
  static Located read(byte[] utf8) {
    try {
      return read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      Violations found = new Violations();
      found.add(JsonPath.ROOT, "is not UTF-8 text: save it as UTF-8");
      return new Located(null, found, Map.of());
    }
  }

  /** Reads a text and keeps no places. */
  static Located read(String text) {
    return whole(text, false);
  }

  /** Reads a text and keeps the places of its parts. */
  static Located locate(String text) {
    return whole(text, true);
  }

  private static Located whole(String text, boolean keepsPlaces) {
    String json = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try (JsonParser parser = JSON.createParser(json)) {
      return new JsonText(parser, keepsPlaces).whole();
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory does not fail", e);
    }
  }

  private Located whole() throws IOException {
    Object tree = null;
    try {
      if (parser.nextToken() == null) {
        found.add(JsonPath.ROOT, "is empty: a JSON value is needed");
      } else {
        tree = value();
        at = null;
        if (parser.nextToken() != null) {
          found.add(JsonPath.ROOT, "goes on after the JSON value has ended, at " + here());
        }
      }
    } catch (JsonProcessingException e) {
      Place place = e.getLocation() == null ? here() : Place.of(e.getLocation());
      String path = pathOfError();
      places.put(path, place);
      found.add(path, reason(e) + ", at " + place);
    }
    return new Located(tree, found, places);
  }

  private @Nullable Object value() throws IOException {
    JsonStep here = at;
    keepPlace(here());
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      Map<String, Place> around = fields;
      Map<String, Place> own = new HashMap<>();
      fields = own;
      while (nextField()) {
        String name = parser.currentName();
        at = JsonStep.field(here, name);
        Place place = here();
        keepPlace(place);
        Place earlier = own.putIfAbsent(name, place);
        if (earlier != null) {
          found.add(JsonStep.path(at), "is there twice: at " + earlier + ", and again at " + place);
        }
        parser.nextToken();
        object.put(name, value());
        at = here;
      }
      fields = around;
      return object;
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      List<@Nullable Object> array = new ArrayList<>();
      while (true) {
        at = JsonStep.item(here, array.size());
        if (parser.nextToken() == JsonToken.END_ARRAY) {
          break;
        }
        array.add(value());
      }
      at = here;
      return array;
    }
    return JsonTokens.scalar(parser);
  }

  private void keepPlace(Place place) {
    if (keepsPlaces) {
      places.putIfAbsent(JsonStep.path(at), place);
    }
  }

  private boolean nextField() throws IOException {
    betweenFields = true;
    boolean field = parser.nextToken() != JsonToken.END_OBJECT;
    betweenFields = false;
    return field;
  }

  /** The parser looks at a field's value before it gives the field's name. */
  private String pathOfError() {
    String name = parser.getParsingContext().getCurrentName();
    boolean isNext = betweenFields && name != null && !fields.containsKey(name);
    return JsonStep.path(isNext ? JsonStep.field(at, name) : at);
  }

  private Place here() {
    return Place.of(parser.currentTokenLocation());
  }

  /** Says what is wrong in words of our own: the parser's would quote the text. */
  private static String reason(JsonProcessingException e) {
    String message = String.valueOf(e.getOriginalMessage());
    if (e instanceof JsonEOFException) {
      return "is not valid JSON: the text ends too early, a quote or a bracket is not closed";
    } else if (e instanceof StreamConstraintsException) {
      return message.contains("nesting")
          ? "is nested deeper than " + JsonTokens.MOST_LEVELS + " levels"
          : "is too long: a name or a number that nothing here could use";
    } else if (message.startsWith("Unrecognized token")) {
      return "is not valid JSON: a word that is not in quotes";
    } else if (message.contains("unquoted character")) {
      return "is not valid JSON: a line break or control character inside a string, write \\n";
    } else if (message.contains("surrogate")) {
      return "holds half a character (a lone surrogate) in a key: write it whole or not at all";
    } else if (message.contains("escape")) {
      return "is not valid JSON: a backslash that starts no escape, write \\\\";
    }
    Matcher unexpected = UNEXPECTED.matcher(message);
    return unexpected.find()
        ? "is not valid JSON: an unexpected " + unexpected.group(1)
        : "is not valid JSON";
  }
}
