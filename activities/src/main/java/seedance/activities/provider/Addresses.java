package seedance.activities.provider;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts out of plain text what is, or may be part of, a URL, a key, a hash or inline media. Rather
 * too much: what is cut costs a word, what is left may be somebody's signature.
 */
final class Addresses {
  /** What stands where something was cut out. */
  static final String CUT = "…";

  /** Beyond what a list of lengths or ratios has. */
  private static final String NUMBER = "(?:-\\d{1,3}|3[2-9]|[4-9]\\d|\\d{3,6})";

  /**
   * None repeats a group more than a few times, as Java recurses for each; and none looks at a
   * character more often than a few times, as foreign text may repeat any.
   */
  private static final List<Pattern> ALL =
      List.of(
          // Any scheme, blanks between its signs or not; those without "//" by name.
          Pattern.compile("(?i)[a-z][a-z0-9+.-]{0,30}\\s?:\\s?[/\\\\]\\s?[/\\\\]\\s?\\S*"),
          Pattern.compile(
              "(?i)\\b(?:data|blob|file|asset|urn|mailto|tel|cid|about|javascript|tos|s3|oss|cos|gs"
                  + "|step|generation):(?! )\\S*"),
          Pattern.compile("(?i)\\bdata\\s?:\\s?[a-z]{1,40}\\s?/\\s?\\S*"),
          Pattern.compile("(?i)[a-z][a-z0-9+.-]{1,30}:[!-~]{24,}"),
          Pattern.compile("(?<![^\\s\"'(<\\[=])[/\\\\]{2}\\S+"),
          // Without a scheme; the rest of a query first.
          Pattern.compile("(?<!\\S)\\S*[?&][\\w.-]+=\\S*"),
          Pattern.compile(
              "(?iU)\\b(?:[\\w-]{1,63}\\.){1,9}[a-z][a-z0-9-]{1,62}(?::\\d{1,5})?[/?#]\\S*"),
          Pattern.compile("(?iU)\\b(?:[\\w-]{1,63}\\.){1,9}[a-z][a-z0-9-]{1,62}:\\d{2,5}\\b\\S*"),
          Pattern.compile(
              "(?iU)\\b(?:[\\w-]{1,63}\\.){1,9}(?:com|cn|net|org|io|ai|co|dev|app|info|biz|top|xyz|cloud|me|tv"
                  + "|local|internal|example|test)\\b\\S*"),
          Pattern.compile("(?i)\\bwww\\.\\S+"),
          Pattern.compile("\\[[0-9a-fA-F]{0,4}+:[0-9a-fA-F]{0,4}+:[0-9a-fA-F:.]{0,60}+]\\S*"),
          Pattern.compile("\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b\\S*"),
          // Escapes that were too many to undo, or of a kind that is not.
          Pattern.compile(
              "(?<!\\S)\\S*(?:%[0-9a-fA-F]{2}|%[uU][0-9a-fA-F]{4}|\\\\[uUx][0-9a-fA-F{]"
                  + "|\\\\[0-3][0-7]{2}|=[0-9A-F]{2}=[0-9A-F]{2}|&#|&[A-Za-z][A-Za-z0-9]{1,30};)\\S*"),
          // Text as numbers: bytes, signed or not, or characters, in decimal or hexadecimal digits.
          Pattern.compile(
              "(?<![\\d.])" + NUMBER + "(?:\\s?[,;\\s]\\s?" + NUMBER + "){7,200}(?![\\d.])"),
          Pattern.compile("(?<![\\d.])\\d{5,6}(?:\\s?[,;\\s]\\s?\\d{5,6}){3,200}(?![\\d.])"),
          Pattern.compile(
              "\\b(?=[0-9x\\s:,;]{0,60}[a-fA-F])(?:0x)?[0-9a-fA-F]{2}"
                  + "(?:[\\s:,;]{1,2}(?:0x)?[0-9a-fA-F]{2}\\b){11,200}"),
          Pattern.compile("\\b[0-9a-fA-F]{4}(?:[\\s:,;]{1,2}[0-9a-fA-F]{4}\\b){3,200}"),
          Pattern.compile("[0-9a-fA-F]{24,}"),
          // Keys, also those that name an account, hashes, Base64.
          Pattern.compile("(?<![A-Za-z0-9])(?=[A-Z]*[0-9])(?=[0-9]*[A-Z])[A-Z0-9]{16,}"),
          Pattern.compile("[A-Za-z0-9+/=_-]{40,}"),
          Pattern.compile(
              "(?<![A-Za-z0-9+/=_-])(?=[A-Za-z+/=_-]*[0-9])(?=[A-Z0-9+/=_-]*[a-z])"
                  + "(?=[a-z0-9+/=_-]*[A-Z])[A-Za-z0-9+/=_-]{16,}"));

  private static final Pattern LONG_WORD = Pattern.compile("[A-Za-z0-9+/=_-]{12,}");
  private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F]{16,}");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{16,}");

  private Addresses() {}

  /**
   * @param inlineMedia whether the request holds some: then any part of it is cut as well, and long
   *     words with it
   */
  static String cutFrom(String text, boolean inlineMedia) {
    String left = text;
    for (Pattern each : ALL) {
      left = each.matcher(left).replaceAll(CUT);
    }
    left = BASE64.matcher(left).replaceAll(word -> isText(word.group()) ? CUT : word.group());
    return inlineMedia
        ? LONG_WORD
            .matcher(left)
            .replaceAll(word -> FieldNames.isKnown(word.group()) ? word.group() : CUT)
        : left;
  }

  /** Whether a word is text in Base64 or in hexadecimal digits. */
  static boolean isEncodedText(String word) {
    boolean isHexadecimal = HEXADECIMAL.matcher(word).matches() && word.length() % 2 == 0;
    return isHexadecimal && isText(HexFormat.of().parseHex(word), true)
        || BASE64.matcher(word).matches() && isText(word);
  }

  /** Whether a word is text in Base64: hardly any other word makes sense when it is decoded. */
  private static boolean isText(String word) {
    String digits = word.replace('-', '+').replace('_', '/');
    // Its last character may be cut.
    return isText(Base64.getDecoder().decode(digits.substring(0, digits.length() / 4 * 4)), false);
  }

  private static boolean isText(byte[] bytes, boolean isWhole) {
    CharBuffer text = CharBuffer.allocate(bytes.length);
    boolean isUtf8 =
        !StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(bytes), text, isWhole)
            .isError();
    return isUtf8
        && text.flip()
            .chars()
            .allMatch(c -> !Character.isISOControl(c) || Character.isWhitespace(c));
  }
}
