package seedance.client.cli;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text that does not steer a terminal, and hides nothing: control characters (ESC and the 8-bit CSI
 * among them), what turns the direction of writing and what cannot be seen are shown as {@code
 * \}{@code uXXXX} or {@code \}{@code UXXXXXXXX}, which bash and Python read too. Ends of lines and
 * tabs stay, and what joins letters and emoji.
 */
final class Visible {
  /**
   * Unicode's Cc but for ends of lines and TAB, its separators of lines, its Cf but for the joiners
   * (Bidi_Control, zero width space, tags), and letters and marks that are blank.
   */
  private static final Pattern STEERING =
      Pattern.compile(
          "[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F\\u2028\\u2029"
              + "\\p{Cf}\\u034F\\u115F\\u1160\\u2800\\u3164\\uFFA0&&[^\\u200C\\u200D]]"
              + "|\\r(?!\\n)");

  /** What joins letters and emoji, which two words may differ by that look the same. */
  private static final Pattern JOINING = Pattern.compile("[\\u200C\\u200D\\uFE00-\\uFE0F]");

  private Visible() {}

  static String of(String text) {
    return STEERING.matcher(text).replaceAll(Visible::escaped);
  }

  /** Whether a text holds what is shown otherwise, or ends a line. */
  static boolean isPlain(String text) {
    return !STEERING.matcher(text).find()
        && !JOINING.matcher(text).find()
        && text.indexOf('\n') < 0
        && text.indexOf('\r') < 0;
  }

  /** The text as one line. */
  static String oneLine(String text) {
    return of(text).replace("\r", "\\u000D").replace("\n", "\\u000A").replace("\t", " ");
  }

  /** With the joiners shown too, for what somebody may type. */
  static String inFull(String text) {
    return JOINING.matcher(of(text)).replaceAll(Visible::escaped);
  }

  /**
   * JSON that is plain, and says what it said: in it, what is beyond the first plane is escaped in
   * two halves.
   */
  static String json(String json) {
    return STEERING
        .matcher(json)
        .replaceAll(
            found ->
                found
                    .group()
                    .chars()
                    .mapToObj("\\\\u%04X"::formatted)
                    .collect(Collectors.joining()));
  }

  private static String escaped(MatchResult found) {
    int character = found.group().codePointAt(0);
    return (character > 0xFFFF ? "\\\\U%08X" : "\\\\u%04X").formatted(character);
  }
}
