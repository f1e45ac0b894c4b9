package seedance.activities.provider;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts out of plain text what is, or may be part of, a URL, a key, a hash or inline media. Rather
 * too much: what is cut costs a word, what is left may be somebody's signature.
 */
final class Addresses {
  /** What stands where something was cut out. */
  static final String CUT = "…";

  /** None repeats a group more than a few times, as Java recurses for each. */
  private static final List<Pattern> ALL =
      List.of(
          // Any scheme, blanks between its signs or not; those without "//" by name.
          Pattern.compile("(?i)[a-z][a-z0-9+.-]{0,30}\\s?:\\s?[/\\\\]\\s?[/\\\\]\\s?\\S*"),
          Pattern.compile(
              "(?i)\\b(?:data|blob|file|asset|urn|mailto|tel|cid|about|javascript|tos|s3|oss|cos|gs"
                  + "|step|generation):(?! )\\S*"),
          Pattern.compile("(?i)\\bdata\\s?:\\s?[a-z]+\\s?/\\s?\\S*"),
          Pattern.compile("(?i)[a-z][a-z0-9+.-]{1,30}:[!-~]{24,}"),
          Pattern.compile("(?<![^\\s\"'(<\\[=])[/\\\\]{2}\\S+"),
          // Without a scheme; the rest of a query first.
          Pattern.compile("(?<!\\S)\\S*[?&][\\w.-]+=\\S*"),
          Pattern.compile("(?iU)\\b(?:[\\w-]{1,63}\\.){1,9}[a-z][a-z0-9-]+(?::\\d{1,5})?[/?#]\\S*"),
          Pattern.compile("(?iU)\\b(?:[\\w-]{1,63}\\.){1,9}[a-z][a-z0-9-]+:\\d{2,5}\\b\\S*"),
          Pattern.compile(
              "(?iU)\\b(?:[\\w-]{1,63}\\.){1,9}(?:com|cn|net|org|io|ai|co|dev|app|info|biz|top|xyz|cloud|me|tv"
                  + "|local|internal|example|test)\\b\\S*"),
          Pattern.compile("(?i)\\bwww\\.\\S+"),
          Pattern.compile("\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b\\S*"),
          Pattern.compile("\\[[0-9a-fA-F:]*:[0-9a-fA-F:]*:[0-9a-fA-F:.]*]\\S*"),
          // Escapes that were too many to undo.
          Pattern.compile("(?<!\\S)\\S*(?:%[0-9a-fA-F]{2}|\\\\[uUx][0-9a-fA-F{]|&#)\\S*"),
          // Keys, hashes, Base64.
          Pattern.compile("[A-Za-z0-9+/=_-]{40,}"),
          Pattern.compile(
              "(?<![A-Za-z0-9+/=_-])(?=[A-Za-z+/=_-]*[0-9])(?=[A-Z0-9+/=_-]*[a-z])"
                  + "(?=[a-z0-9+/=_-]*[A-Z])[A-Za-z0-9+/=_-]{16,}"));

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/=_-]{12,}");

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
    return inlineMedia
        ? BASE64
            .matcher(left)
            .replaceAll(word -> FieldNames.isKnown(word.group()) ? word.group() : CUT)
        : left;
  }
}
