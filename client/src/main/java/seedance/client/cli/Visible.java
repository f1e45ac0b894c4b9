package seedance.client.cli;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Text that does not steer a terminal: control characters (ESC and the 8-bit CSI among them) and
 * what turns the direction of writing are shown as {@code \}{@code uXXXX}, which is what they are
 * in JSON too. Ends of lines and tabs stay.
 */
final class Visible {
  /** Unicode's Cc but for ends of lines and TAB; its separators of lines; its Bidi_Control. */
  private static final Pattern STEERING =
      Pattern.compile(
          "[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F\\u061C\\u200E\\u200F\\u2028-\\u202E"
              + "\\u2066-\\u2069]|\\r(?!\\n)");

  private Visible() {}

  static String of(String text) {
    return STEERING.matcher(text).replaceAll(Visible::escaped);
  }

  /** Whether a text holds what is shown otherwise, or ends a line. */
  static boolean isPlain(String text) {
    return !STEERING.matcher(text).find() && text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
  }

  /** The text as one line. */
  static String oneLine(String text) {
    return of(text).replace("\r", "\\u000D").replace("\n", "\\u000A").replace("\t", " ");
  }

  private static String escaped(MatchResult found) {
    return "\\\\u%04X".formatted((int) found.group().charAt(0));
  }
}
