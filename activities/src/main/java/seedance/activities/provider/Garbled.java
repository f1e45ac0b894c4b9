package seedance.activities.provider;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What becomes of a text that goes through something that knows fewer characters. It cannot be
 * undone in a message, so that the message is held against this too.
 */
final class Garbled {
  /** What reads UTF-8 wrongly; a small Java runtime may lack the last. */
  private static final List<Charset> READ_AS =
      Stream.of("ISO-8859-1", "windows-1252", "GBK")
          .filter(Charset::isSupported)
          .map(Charset::forName)
          .toList();

  private static final Map<Integer, String> SPELLED =
      Map.ofEntries(
          Map.entry((int) 'ä', "ae"),
          Map.entry((int) 'ö', "oe"),
          Map.entry((int) 'ü', "ue"),
          Map.entry((int) 'Ä', "Ae"),
          Map.entry((int) 'Ö', "Oe"),
          Map.entry((int) 'Ü', "Ue"),
          Map.entry((int) 'æ', "ae"),
          Map.entry((int) 'Æ', "Ae"),
          Map.entry((int) 'œ', "oe"),
          Map.entry((int) 'Œ', "Oe"),
          Map.entry((int) 'ø', "oe"),
          Map.entry((int) 'Ø', "Oe"),
          Map.entry((int) 'å', "aa"),
          Map.entry((int) 'Å', "Aa"),
          Map.entry((int) 'ł', "l"),
          Map.entry((int) 'Ł', "L"),
          Map.entry((int) 'đ', "d"),
          Map.entry((int) 'Đ', "D"),
          Map.entry((int) 'ð', "d"),
          Map.entry((int) 'þ', "th"));

  /** Fewer letters could be anything. */
  private static final int FEWEST = 4;

  /** As many as a run has: of a shorter text each word would be searched for. */
  private static final int FEWEST_LEFT = 12;

  private static final Pattern BEYOND_ASCII = Pattern.compile("[^\\x00-\\x7F]");

  private Garbled() {}

  /** Each form that a text may come to; none of ASCII, which comes through everything. */
  static List<String> of(String text) {
    if (!BEYOND_ASCII.matcher(text).find()) {
      return List.of();
    }
    List<String> forms = new ArrayList<>();
    for (Charset wrong : READ_AS) {
      forms.addAll(Misread.of(text, wrong));
    }
    String spelled = spelled(text);
    if (!spelled.equals(text)) {
      forms.add(spelled);
    }
    forms.removeIf(form -> letters(form) < FEWEST);
    // As "?" or nothing, which is the same to who looks for letters.
    String left = BEYOND_ASCII.matcher(text).replaceAll("");
    if (letters(left) >= FEWEST_LEFT) {
      forms.add(left);
    }
    return forms;
  }

  private static String spelled(String text) {
    StringBuilder spelled = new StringBuilder();
    text.codePoints()
        .forEach(each -> spelled.append(SPELLED.getOrDefault(each, Character.toString(each))));
    return spelled.toString();
  }

  private static long letters(String text) {
    return text.codePoints().filter(Character::isLetterOrDigit).limit(FEWEST_LEFT).count();
  }
}
