package seedance.activities.provider;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How a service may write down what it quotes, and how a reader would undo that. */
enum Encoding {
  AS_IT_IS(text -> text, text -> text),
  PERCENT(text -> bytes(text, "%%%02X"), Encoding::readHex),
  PYTHON_BYTES(text -> bytes(text, "\\x%02x"), Encoding::readHex),
  OCTAL(text -> bytes(text, "\\%03o"), text -> readBytes(text, "\\\\([0-3][0-7]{2})", 8)),
  QUOTED_PRINTABLE(text -> bytes(text, "=%02X"), Encoding::readHex),
  JSON(text -> units(text, "\\u%04x"), Encoding::readUnits),
  JSON_TWICE(text -> units(text, "\\\\u%04x"), Encoding::readUnits),
  JSON_STRIPPED(text -> units(text, "u%04x"), Encoding::readUnits),
  JAVASCRIPT(text -> units(text, "%%u%04X"), Encoding::readUnits),
  JSON_BEYOND_ASCII(text -> beyondAscii(text, c -> units(c, "\\u%04x")), Encoding::readUnits),
  STRIPPED_BEYOND_ASCII(text -> beyondLatin(text, c -> units(c, "u%04x")), Encoding::readUnits),
  OCTAL_BEYOND_ASCII(text -> beyondAscii(text, c -> bytes(c, "\\%03o")), OCTAL.read),
  UNICODE_NAMES(
      text -> points(text, "U+%04X "), text -> readPoints(text, "U\\+([0-9A-F]{4,6}) ?", 16)),
  CODE_POINTS(text -> points(text, "%d, "), text -> readPoints(text, "(\\d+)[, ]*", 10)),
  BYTES(text -> bytes(text, "%d, "), text -> readBytes(text, "(\\d+)[, ]*", 10)),
  SIGNED_BYTES(Encoding::signed, text -> readBytes(text, "(-?\\d+)[, ]*", 10)),
  HEX(text -> bytes(text, "%02x"), text -> readBytes(text, "([0-9a-f]{2})", 16)),
  HEX_SPACED(text -> bytes(text, "%02x "), text -> readBytes(text, "\\b([0-9a-f]{2})\\b", 16)),
  BASE64(
      text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)),
      Encoding::readBase64),
  ENTITIES_OF_HTML(
      text -> beyondAscii(text, Encoding::entity), text -> readPoints(text, "&#(\\d+);", 10)),
  ENTITIES_WITHIN_ENTITIES(
      text -> beyondAscii(text, Encoding::entity).replace("&", "&amp;"), ENTITIES_OF_HTML.read),
  UTF8_AS_LATIN1(text -> misread(text, "ISO-8859-1"), text -> reread(text, "ISO-8859-1")),
  UTF8_AS_WINDOWS(text -> misread(text, "windows-1252"), text -> reread(text, "windows-1252")),
  UTF8_AS_GBK(text -> misread(text, "GBK"), text -> reread(text, "GBK")),
  QUESTION_MARKS(text -> beyondAscii(text, c -> "?"), text -> text),
  REPLACEMENTS(text -> beyondAscii(text, c -> "\ufffd\ufffd"), text -> text),
  SPELLED_OUT(
      text ->
          text.replace("ä", "ae")
              .replace("ö", "oe")
              .replace("ü", "ue")
              .replace("Ö", "Oe")
              .replace("œ", "oe"),
      text -> text),
  FILLED(
      text -> text.codePoints().mapToObj(Character::toString).collect(Collectors.joining("\u3164")),
      text -> text.replace("\u3164", ""));

  private static final Map<String, String> NAMES =
      Map.of(
          "ä", "auml", "ö", "ouml", "ü", "uuml", "ß", "szlig", "Ö", "Ouml", "é", "eacute", "è",
          "egrave", "ê", "ecirc", "œ", "oelig", "ç", "ccedil");

  private final UnaryOperator<String> write;
  private final UnaryOperator<String> read;

  Encoding(UnaryOperator<String> write, UnaryOperator<String> read) {
    this.write = write;
    this.read = read;
  }

  String written(String text) {
    return write.apply(text);
  }

  String read(String text) {
    return read.apply(text);
  }

  /** Whether people read it as it is. */
  boolean isLegible() {
    return this == QUESTION_MARKS || this == REPLACEMENTS || this == SPELLED_OUT;
  }

  private static String bytes(String text, String format) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return IntStream.range(0, bytes.length)
        .mapToObj(i -> format.formatted(bytes[i] & 0xFF))
        .collect(Collectors.joining());
  }

  private static String signed(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return IntStream.range(0, bytes.length)
        .mapToObj(i -> String.valueOf(bytes[i]))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String units(String text, String format) {
    return text.chars().mapToObj(format::formatted).collect(Collectors.joining());
  }

  private static String points(String text, String format) {
    return text.codePoints().mapToObj(format::formatted).collect(Collectors.joining());
  }

  private static String beyondAscii(String text, UnaryOperator<String> written) {
    return each(text, c -> c < 0x80 ? Character.toString(c) : written.apply(Character.toString(c)));
  }

  /** A single one is told from a word of letters and digits only where it is of Latin-1. */
  private static String beyondLatin(String text, UnaryOperator<String> written) {
    return each(
        text,
        c -> c < 0xC0 || c > 0xFF ? Character.toString(c) : written.apply(Character.toString(c)));
  }

  private static String each(String text, IntFunction<String> written) {
    return text.codePoints().mapToObj(written).collect(Collectors.joining());
  }

  private static String entity(String character) {
    return NAMES.containsKey(character)
        ? "&" + NAMES.get(character) + ";"
        : "&#" + character.codePointAt(0) + ";";
  }

  private static String misread(String text, String charset) {
    return new String(text.getBytes(StandardCharsets.UTF_8), Charset.forName(charset));
  }

  private static String reread(String text, String charset) {
    return new String(text.getBytes(Charset.forName(charset)), StandardCharsets.UTF_8);
  }

  private static String readHex(String text) {
    return readBytes(text, "(?:%|=|\\\\x)([0-9A-Fa-f]{2})", 16);
  }

  private static String readBase64(String text) {
    return Pattern.compile("[A-Za-z0-9+/]{8,}")
        .matcher(text)
        .replaceAll(
            word -> {
              String digits = word.group().substring(0, word.group().length() / 4 * 4);
              String read = new String(Base64.getDecoder().decode(digits), StandardCharsets.UTF_8);
              return Matcher.quoteReplacement(word.group() + " " + read);
            });
  }

  private static String readUnits(String text) {
    return Pattern.compile("(?:\\\\|%)*u([0-9a-fA-F]{4})")
        .matcher(text)
        .replaceAll(
            unit ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(unit.group(1), 16))));
  }

  private static String readPoints(String text, String form, int radix) {
    return Pattern.compile(form)
        .matcher(text)
        .replaceAll(
            point -> {
              int character = Integer.parseInt(point.group(1), radix);
              return Matcher.quoteReplacement(
                  Character.isValidCodePoint(character) ? Character.toString(character) : "");
            });
  }

  private static String readBytes(String text, String form, int radix) {
    StringBuilder latin = new StringBuilder();
    Matcher each = Pattern.compile(form).matcher(text);
    while (each.find()) {
      latin.append((char) (Integer.parseInt(each.group(1), radix) & 0xFF));
    }
    return new String(
        latin.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
