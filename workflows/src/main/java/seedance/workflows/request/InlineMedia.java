package seedance.workflows.request;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import seedance.workflows.json.Json;

/**
 * The {@code data:} URLs in a text, wherever they stand: what says that it is Base64, which is all
 * that the service takes, and what has a media type and goes on for longer than a word does. Prose
 * that begins with "Data:" is none.
 */
public final class InlineMedia {
  private static final String CUT = "…sha256:[0-9a-f]{64}";
  private static final Pattern START =
      Pattern.compile(
          "(?i)data:\\s?(?:(?<base64>(?:(?!data:)\\S){0,200}?;\\s?base64\\s?,)"
              + "|[a-z]{1,40}/[^,:\\s]{1,200},(?=[!-~]{40}|"
              + CUT
              + "))");

  /** What {@link #cut} leaves behind the URL's head. */
  private static final Pattern HASH = Pattern.compile(CUT);

  private static final int LONGEST_HEAD = 60;

  private static final int LARGEST_TO_GROW_TO = 256 << 10;

  /** A shorter one is taken for a word that stands behind the URL. */
  private static final int SHORTEST_LINE = 40;

  private InlineMedia() {}

  /** Whether there is any in a text, whole or cut. */
  public static boolean isIn(String text) {
    return START.matcher(text).find();
  }

  /** A text without its Base64, whole or cut; all else in it is its author's own words. */
  public static String textAround(String text) {
    StringBuilder around = new StringBuilder();
    int at = 0;
    Matcher start = START.matcher(text);
    while (start.find(at)) {
      boolean isBase64 = start.group("base64") != null;
      int end = end(text, start);
      around.append(text, at, isBase64 ? start.start() : end);
      Matcher hash = HASH.matcher(text).region(end, text.length());
      at = isBase64 && hash.lookingAt() ? hash.end() : end;
      around.append(' ');
    }
    return around.append(text, at, text.length()).toString();
  }

  /**
   * A value with every {@code data:} URL, also within a text, cut to its media type and hash, for
   * manifests: two requests are the same without their inline media only if they are with it.
   */
  public static Json without(Json request) {
    Json cut = request.mapTexts(InlineMedia::cut);
    int bytes = cut.bytes();
    // A hash is longer than a URL of nothing: many make of what may be sent what may not.
    return bytes > LARGEST_TO_GROW_TO && bytes > request.bytes() ? request : cut;
  }

  /** A text with each of its URLs cut to head and hash. */
  static String cut(String text) {
    StringBuilder cut = new StringBuilder();
    int at = 0;
    Matcher start = START.matcher(text);
    while (start.find(at)) {
      int end = end(text, start);
      String url = text.substring(start.start(), end);
      cut.append(text, at, start.start())
          .append(url, 0, Math.min(url.indexOf(','), LONGEST_HEAD))
          .append(",…sha256:")
          .append(sha256(url));
      at = end;
    }
    return at == 0 ? text : cut.append(text, at, text.length()).toString();
  }

  private static int end(String text, Matcher start) {
    if (start.group("base64") == null) {
      int end = start.end();
      while (end < text.length() && text.charAt(end) > ' ' && text.charAt(end) <= '~') {
        end++;
      }
      return end;
    }
    int end = endOfDigits(text, start.end());
    while (true) {
      int next = end;
      while (next < text.length() && next < end + 4 && text.charAt(next) <= ' ') {
        next++;
      }
      int endOfNext = endOfDigits(text, next);
      boolean isLine = next > end && endOfNext - next >= SHORTEST_LINE;
      if (!isLine) {
        return end;
      }
      end = endOfNext;
    }
  }

  /** Of Base64, also as it stands in URLs. */
  private static int endOfDigits(String text, int start) {
    int end = start;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= 'A' && c <= 'Z'
        || c >= 'a' && c <= 'z'
        || c >= '0' && c <= '9'
        || "+/=-_%".indexOf(c) >= 0;
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
