package seedance.activities.provider;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes foreign text plain: one line, without escapes, compatibility characters, control characters
 * and marks of HTML. So what a request says is found in it however often it was wrapped up.
 */
final class PlainText {
  private static final int MOST_ROUNDS = 6;

  private static final Pattern ESCAPE =
      Pattern.compile(
          "(?<unit>\\\\u[0-9a-fA-F]{4})"
              + "|\\\\u\\{(?<braced>[0-9a-fA-F]{1,6})}"
              + "|\\\\U(?<long>[0-9a-fA-F]{8})"
              + "|(?<bytes>(?:\\\\x[0-9a-fA-F]{2})+|(?:%[0-9a-fA-F]{2})+)"
              + "|&#(?<decimal>\\d{1,7});"
              + "|&#[xX](?<hex>[0-9a-fA-F]{1,6});"
              + "|&(?<named>amp|lt|gt|quot|apos|nbsp);"
              + "|\\\\(?<plain>[nrtbf\"'/\\\\])");

  private static final Map<String, String> NAMED =
      Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");

  private static final Pattern TAG = Pattern.compile("</?[A-Za-z][^<>]{0,200}>");
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}]");
  private static final Pattern BLANKS = Pattern.compile("[\\p{Cc}\\p{Z}\\s]+");

  private PlainText() {}

  static String of(String foreign) {
    String text = foreign;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      String plainer = unescaped(Normalizer.normalize(text, Normalizer.Form.NFKC));
      if (plainer.equals(text)) {
        break;
      }
      text = plainer;
    }
    text = UNSEEN.matcher(text).replaceAll("");
    text = TAG.matcher(text).replaceAll(" ");
    text = BLANKS.matcher(text).replaceAll(" ");
    return Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
  }

  private static String unescaped(String text) {
    Matcher escape = ESCAPE.matcher(text);
    StringBuilder plain = new StringBuilder();
    while (escape.find()) {
      escape.appendReplacement(plain, Matcher.quoteReplacement(meant(escape)));
    }
    return escape.appendTail(plain).toString();
  }

  private static String meant(Matcher escape) {
    if (escape.group("unit") != null) {
      return String.valueOf((char) Integer.parseInt(escape.group("unit").substring(2), 16));
    }
    if (escape.group("bytes") != null) {
      return decoded(escape.group("bytes"));
    }
    if (escape.group("named") != null) {
      return NAMED.get(escape.group("named"));
    }
    if (escape.group("plain") != null) {
      String plain = escape.group("plain");
      return "nrtbf".contains(plain) ? " " : plain;
    }
    if (escape.group("decimal") != null) {
      return character(Integer.parseInt(escape.group("decimal")), escape);
    }
    String hex =
        escape.group("hex") != null
            ? escape.group("hex")
            : escape.group("braced") != null ? escape.group("braced") : escape.group("long");
    return character(Long.parseLong(hex, 16), escape);
  }

  private static String character(long number, Matcher escape) {
    return number <= Character.MAX_CODE_POINT ? Character.toString((int) number) : escape.group();
  }

  /** Bytes of UTF-8; as they are where they are none. */
  private static String decoded(String escaped) {
    String hex = escaped.replace("\\x", "").replace("%", "");
    ByteBuffer bytes = ByteBuffer.allocate(hex.length() / 2);
    for (int i = 0; i < hex.length(); i += 2) {
      bytes.put((byte) Integer.parseInt(hex.substring(i, i + 2), 16));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      return escaped;
    }
  }
}
