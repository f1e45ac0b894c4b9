package seedance.activities.provider;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/** The escapes of JSON, programs, URLs, mail and HTML, undone. */
final class Escapes {
  private static final Pattern ESCAPE =
      Pattern.compile(
          "(?=[\\\\%=&uU])(?:(?:\\\\u|%[uU])(?<unit>[0-9a-fA-F]{4})"
              + "|\\\\u\\{(?<braced>[0-9a-fA-F]{1,6})}"
              + "|\\\\U(?<long>[0-9a-fA-F]{8})"
              // Two in a row, as one may be what a sentence is about.
              + "|U\\+(?<point>[0-9a-fA-F]{4,6})(?=[\\s,;]{0,2}U\\+[0-9a-fA-F]{4})"
              + "|(?<=U\\+[0-9a-fA-F]{4,6}[\\s,;]{0,2})U\\+(?<lastpoint>[0-9a-fA-F]{4,6})"
              + "|(?<bytes>(?:\\\\x[0-9a-fA-F]{2})+|(?:%[0-9a-fA-F]{2})+|(?:\\\\[0-3][0-7]{2})+"
              + "|(?:=[0-9A-F]{2}){2,})"
              // JSON's, of which something has taken the backslash.
              + "|(?<bare>(?:u[0-9a-fA-F]{4}){2,}|u(?:00[c-fC-F][0-9a-fA-F]|015[23]))"
              + "|&#(?<decimal>\\d{1,7});"
              + "|&#[xX](?<hex>[0-9a-fA-F]{1,6});"
              + "|&(?<named>[A-Za-z][A-Za-z0-9]{1,30});"
              // Browsers need no semicolon behind those of Latin-1.
              + "|&(?<open>[AEIOUYaeiouyNnCc](?:acute|grave|circ|tilde|uml|cedil)|szlig|[ao]elig)"
              + "|\\\\(?<plain>[nrtbf\"'/\\\\]))");

  private Escapes() {}

  /** A text of which each is undone once. */
  static String undone(String text) {
    Matcher escape = ESCAPE.matcher(text);
    StringBuilder plain = new StringBuilder();
    while (escape.find()) {
      escape.appendReplacement(plain, Matcher.quoteReplacement(meant(escape)));
    }
    return escape.appendTail(plain).toString();
  }

  private static String meant(Matcher escape) {
    if (escape.group("unit") != null) {
      return units("u" + escape.group("unit"));
    }
    if (escape.group("bare") != null) {
      return units(escape.group("bare"));
    }
    if (escape.group("bytes") != null) {
      return decoded(escape.group("bytes"));
    }
    if (escape.group("named") != null) {
      return Parser.unescapeEntities(escape.group(), true);
    }
    if (escape.group("open") != null) {
      return Parser.unescapeEntities(escape.group() + ";", true);
    }
    if (escape.group("plain") != null) {
      String plain = escape.group("plain");
      return "nrtbf".contains(plain) ? " " : plain;
    }
    if (escape.group("decimal") != null) {
      return character(Integer.parseInt(escape.group("decimal")), escape);
    }
    for (String form : new String[] {"hex", "braced", "long", "point", "lastpoint"}) {
      if (escape.group(form) != null) {
        return character(Long.parseLong(escape.group(form), 16), escape);
      }
    }
    return escape.group();
  }

  private static String character(long number, Matcher escape) {
    return number <= Character.MAX_CODE_POINT ? Character.toString((int) number) : escape.group();
  }

  private static String units(String escaped) {
    StringBuilder units = new StringBuilder();
    for (int i = 1; i < escaped.length(); i += 5) {
      units.append((char) Integer.parseInt(escaped.substring(i, i + 4), 16));
    }
    return units.toString();
  }

  /** Bytes of UTF-8, or letters of Latin-1; as they are where they are neither. */
  private static String decoded(String escaped) {
    byte[] bytes = bytes(escaped);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return isLatin1(bytes) ? new String(bytes, StandardCharsets.ISO_8859_1) : escaped;
    }
  }

  private static byte[] bytes(String escaped) {
    boolean isOctal = escaped.startsWith("\\") && !escaped.startsWith("\\x");
    int marked = escaped.startsWith("\\x") ? 2 : 1;
    int digits = isOctal ? 3 : 2;
    byte[] bytes = new byte[escaped.length() / (marked + digits)];
    for (int i = 0; i < bytes.length; i++) {
      int start = i * (marked + digits) + marked;
      bytes[i] =
          (byte) Integer.parseInt(escaped.substring(start, start + digits), isOctal ? 8 : 16);
    }
    return bytes;
  }

  /** In the languages that are written with it no letter beyond ASCII follows another. */
  private static boolean isLatin1(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      boolean isLetter = (bytes[i] & 0xFF) >= 0xC0;
      if (bytes[i] < 0 && !isLetter || isLetter && i > 0 && bytes[i - 1] < 0) {
        return false;
      }
    }
    return true;
  }
}
