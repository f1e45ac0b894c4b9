package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Reads single values as they are met: numbers as strings, times in seconds or as text, URLs bare
 * or as {@code {"url": …}}. What cannot be read is absent (null, empty), never an exception.
 */
final class Tolerant {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(\\.\\d{1,9})?");

  private static final Pattern POSITIVE =
      Pattern.compile("\\d{1,40}(\\.\\d{1,40})?([eE]\\+?\\d{1,3})?|Infinity");

  /** More than any bill; what is beyond is told as so many. */
  private static final BigDecimal MOST_TOKENS = BigDecimal.valueOf(1_000_000_000_000L);

  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private Tolerant() {}

  /** The first of the values that is present and not null; else a missing node. */
  static JsonNode first(JsonNode... values) {
    return Stream.of(values)
        .filter(value -> !value.isMissingNode() && !value.isNull())
        .findFirst()
        .orElse(values[values.length - 1]);
  }

  /** A string, or a number or boolean as text; else "". */
  static String text(JsonNode value) {
    return value.isValueNode() && !value.isNull() && !value.isMissingNode() ? value.asText() : "";
  }

  /** A text of a given form, such as a model's name; else null. */
  static @Nullable String text(JsonNode value, Pattern form) {
    String text = text(value);
    return form.matcher(text).matches() ? text : null;
  }

  static @Nullable Double number(JsonNode value) {
    String text = text(value).strip();
    return NUMBER.matcher(text).matches() ? Double.valueOf(text) : null;
  }

  static @Nullable Long whole(JsonNode value) {
    String text = text(value).strip();
    return NUMBER.matcher(text).matches() && text.indexOf('.') < 0 ? Long.valueOf(text) : null;
  }

  /** Tokens, of which there are never none: a whole number over 0, also one written as 108900.0. */
  static Optional<Long> tokens(JsonNode value) {
    String text = text(value).strip();
    if (!POSITIVE.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal number =
        text.equals("Infinity") ? MOST_TOKENS : new BigDecimal(text).min(MOST_TOKENS);
    return number.signum() > 0 && number.stripTrailingZeros().scale() <= 0
        ? Optional.of(number.longValueExact())
        : Optional.empty();
  }

  static @Nullable Integer small(JsonNode value) {
    Long whole = whole(value);
    return whole == null || whole != whole.intValue() ? null : Integer.valueOf(whole.intValue());
  }

  static @Nullable Boolean flag(JsonNode value) {
    String text = text(value);
    return text.equals("true") || text.equals("false") ? Boolean.valueOf(text) : null;
  }

  /** Unix seconds, Unix milliseconds, or ISO 8601 with an offset. */
  static @Nullable Instant time(JsonNode value) {
    Double number = number(value);
    Instant time;
    try {
      if (number == null) {
        time = OffsetDateTime.parse(text(value).strip()).toInstant();
      } else {
        boolean inMillis = number > LATEST.getEpochSecond();
        time = Instant.ofEpochMilli(Math.round(inMillis ? number : number * 1000));
      }
    } catch (DateTimeException e) {
      return null;
    }
    return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
  }

  /** An absolute http or https URL. */
  static Optional<URI> url(JsonNode value) {
    HttpUrl url = HttpUrl.parse(text(value.isObject() ? value.path("url") : value).strip());
    return url == null ? Optional.empty() : Optional.of(asUri(url, value));
  }

  /** The text itself where it is a URI, as a signature may cover its very spelling. */
  private static URI asUri(HttpUrl url, JsonNode value) {
    try {
      return URI.create(text(value.isObject() ? value.path("url") : value).strip());
    } catch (IllegalArgumentException e) {
      return url.uri();
    }
  }
}
