package seedance.activities.provider;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The rest of a file of which the beginning is there already (RFC 9110, 13.1.5 and 14).
 *
 * @param from how many bytes are there, 1 or more
 * @param validator of the version that they are of: a strong entity tag or a date, as {@link
 *     Opened.Open#validator()} gave it
 * @param size how many bytes that version has; empty where that is not known
 */
public record Resumption(long from, String validator, OptionalLong size) {
  private static final Pattern STRONG_TAG = Pattern.compile("\"[!#-~]{0,200}\"");

  /** The form of every date of HTTP; OkHttp reads one with anything behind it. */
  private static final Pattern DATE = Pattern.compile("[ -~]{1,40}");

  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

  public Resumption {
    if (from < 1) {
      throw new IllegalArgumentException("from is " + from + ", must be 1 or more");
    }
    Objects.requireNonNull(validator, "validator");
    Objects.requireNonNull(size, "size");
  }

  /**
   * What a file can be resumed by: its entity tag if that is strong, or else the date of its last
   * change if that is at least a second before the reply's (RFC 9110, 8.8.2.2). A date is not used
   * beside a weak tag (13.1.5).
   */
  static Optional<String> validator(Headers headers) {
    String tag = headers.get("ETag");
    if (tag != null) {
      return Optional.of(tag).filter(text -> STRONG_TAG.matcher(text).matches());
    }
    Instant changed = headers.getInstant("Last-Modified");
    Instant sent = headers.getInstant("Date");
    return changed == null || sent == null || sent.isBefore(changed.plusSeconds(1))
        ? Optional.empty()
        : Optional.ofNullable(headers.get("Last-Modified"))
            .filter(text -> DATE.matcher(text).matches());
  }

  void askOn(Request.Builder request) {
    request.header("Range", "bytes=" + from + "-").header("If-Range", validator);
  }

  /**
   * Whether a 206 is a part of this version that begins where it was asked for. It has to repeat an
   * entity tag (RFC 9110, 15.3.7); a date may be left out.
   */
  boolean isAnsweredBy(Response response) {
    Matcher range = range(response);
    String version = response.header("ETag", response.header("Last-Modified"));
    boolean isSame = version == null ? !validator.startsWith("\"") : version.equals(validator);
    if (!range.matches() || !isSame) {
      return false;
    }
    long first = Long.parseLong(range.group(1));
    long last = Long.parseLong(range.group(2));
    long length = response.body().contentLength();
    OptionalLong total = total(range);
    return first == from
        && last >= first
        && (length < 0 || length == last - first + 1)
        && (total.isEmpty() || last < total.getAsLong())
        && (total.isEmpty() || size.isEmpty() || total.equals(size));
  }

  /** Whether a 206 that nobody asked for is of a file from its first byte on. */
  static boolean beginsAtTheStart(Response response) {
    Matcher range = range(response);
    return range.matches() && Long.parseLong(range.group(1)) == 0;
  }

  /** How many bytes the whole file has, as a 206 says. */
  static OptionalLong totalToldBy(Response response) {
    Matcher range = range(response);
    return range.matches() ? total(range) : OptionalLong.empty();
  }

  /** How many bytes the whole file has, as this or an earlier reply says. */
  OptionalLong sizeToldBy(Response response) {
    OptionalLong told = totalToldBy(response);
    return told.isPresent() ? told : size;
  }

  private static Matcher range(Response response) {
    return CONTENT_RANGE.matcher(response.header("Content-Range", "").strip());
  }

  private static OptionalLong total(Matcher range) {
    return range.group(3).equals("*")
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(range.group(3)));
  }
}
