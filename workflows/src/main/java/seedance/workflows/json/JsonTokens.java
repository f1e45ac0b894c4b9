package seedance.workflows.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON as plain Java, token by token. A host's mapper may rename, drop, sort or
 * type what it maps by its own settings; tokens are beyond its reach.
 */
final class JsonTokens {
  /** As {@link Json#MOST_LEVELS}. */
  static final int MOST_LEVELS = 100;

  /** Far deeper than any request, and shallow enough for the stack of a workflow's thread. */
  private static final int MOST_LEVELS_READ = 2 * MOST_LEVELS;

  /** A number that is read as infinite again. */
  private static final String BEYOND_ALL_USE = "1e99999999999";

  private JsonTokens() {}

  /**
   * Reads the value at the parser's current token, up to and including the token that ends it.
   * Where a creator delegates to this, Jackson has already taken an object's first brace.
   */
  static @Nullable Object read(JsonParser parser) throws IOException {
    if (parser.getParsingContext().getNestingDepth() > MOST_LEVELS_READ) {
      throw new StreamConstraintsException(
          "nested deeper than " + MOST_LEVELS_READ + " levels", parser.currentLocation());
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        parser.nextToken();
        yield object(parser);
      }
      case FIELD_NAME, END_OBJECT -> object(parser);
      case START_ARRAY -> {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(read(parser));
        }
        yield array;
      }
      default -> scalar(parser);
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    while (parser.currentToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      object.put(name, read(parser));
      parser.nextToken();
    }
    return object;
  }

  /** Reads the scalar at the parser's current token, with its exact value. */
  static @Nullable Object scalar(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      default -> throw new IOException("not a JSON value");
    };
  }

  private static Number number(JsonParser parser) throws IOException {
    if (parser.isNaN()) {
      return parser.getDoubleValue();
    }
    try {
      return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
          ? parser.getNumberValue()
          : parser.getDecimalValue();
    } catch (JsonProcessingException | NumberFormatException e) {
      // Digits or an exponent beyond all use; the rules refuse it.
      return parser.getText().startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
  }

  static void write(@Nullable Object value, JsonGenerator out) throws IOException {
    if (value instanceof Map<?, ?> object) {
      out.writeStartObject();
      for (Map.Entry<?, ?> field : object.entrySet()) {
        out.writeFieldName((String) field.getKey());
        write(field.getValue(), out);
      }
      out.writeEndObject();
    } else if (value instanceof List<?> array) {
      out.writeStartArray();
      for (Object element : array) {
        write(element, out);
      }
      out.writeEndArray();
    } else if (value instanceof String text) {
      out.writeString(text);
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Integer number) {
      out.writeNumber(number);
    } else if (value instanceof Long number) {
      out.writeNumber(number);
    } else if (value instanceof BigInteger number) {
      out.writeNumber(number);
    } else if (value instanceof BigDecimal number) {
      out.writeNumber(number);
    } else if (value instanceof Double number && number.isInfinite()) {
      out.writeNumber(number < 0 ? "-" + BEYOND_ALL_USE : BEYOND_ALL_USE); // and not a string
    } else if (value instanceof Double number) {
      out.writeNumber(number);
    } else {
      out.writeNull();
    }
  }
}
