package seedance.activities.provider;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A text as it is compared: each character without case, accents and width. {@code tight} has each
 * of them and one blank for any number, {@code loose} the letters and digits alone, so that nothing
 * between them hides what is the same.
 */
final class Folded {
  private static final int DENSE = 3;
  private static final Pattern MARKS = Pattern.compile("[\\p{M}\\p{Cf}]");
  private static final String[] ASCII = new String[128];

  static {
    for (int i = 0; i < ASCII.length; i++) {
      ASCII[i] = fold(i);
    }
  }

  /** A whole text, folded, of which each character knows where in the text it is from. */
  record Line(String text, int[] from, int[] to) {}

  private final List<String> units = new ArrayList<>();
  private final List<String> solids = new ArrayList<>();
  private final List<Integer> from = new ArrayList<>();
  private final List<Integer> to = new ArrayList<>();
  private final List<Integer> weights = new ArrayList<>();

  Folded(String text) {
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      int end = i + Character.charCount(character);
      String unit = character < ASCII.length ? ASCII[character] : fold(character);
      boolean doubled = unit.equals(" ") && !units.isEmpty() && units.get(size() - 1).equals(" ");
      if (!unit.isEmpty() && !doubled) {
        units.add(unit);
        solids.add(solid(unit));
        from.add(i);
        to.add(end);
        weights.add(isDense(character) ? DENSE : end - i);
      } else if (!units.isEmpty() && weights.get(size() - 1) < 2) {
        // An accent counts as a character, however many there are.
        weights.set(size() - 1, 2);
      }
      i = end;
    }
  }

  private static String fold(int character) {
    if (Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || Character.isISOControl(character)) {
      return " ";
    }
    String plain = Normalizer.normalize(Character.toString(character), Normalizer.Form.NFKD);
    return MARKS.matcher(plain).replaceAll("").toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  int size() {
    return units.size();
  }

  /** What a character counts for: one of a dense script says about as much as three letters. */
  int weight(int unit) {
    return weights.get(unit);
  }

  int weight() {
    return weights.stream().mapToInt(Integer::intValue).sum();
  }

  private static String solid(String unit) {
    return unit.codePoints().allMatch(Character::isLetterOrDigit)
        ? unit
        : unit.codePoints()
            .filter(Character::isLetterOrDigit)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  /** What the letters and digits of a part count for. */
  int solidWeight(int start, int end) {
    int weight = 0;
    for (int i = start; i < end; i++) {
      weight += solids.get(i).isEmpty() ? 0 : weight(i);
    }
    return weight;
  }

  String tight(int start, int end) {
    return String.join("", units.subList(start, end));
  }

  String loose(int start, int end) {
    StringBuilder loose = new StringBuilder();
    for (int i = start; i < end; i++) {
      loose.append(solids.get(i));
    }
    return loose.toString();
  }

  String loose() {
    return loose(0, size());
  }

  Line tightLine() {
    return line(false);
  }

  Line looseLine() {
    return line(true);
  }

  private Line line(boolean solidOnly) {
    StringBuilder text = new StringBuilder();
    int[] starts = new int[16];
    int[] ends = new int[16];
    int known = 0;
    for (int i = 0; i < size(); i++) {
      text.append(solidOnly ? loose(i, i + 1) : units.get(i));
      if (text.length() > starts.length) {
        starts = Arrays.copyOf(starts, text.length() * 2);
        ends = Arrays.copyOf(ends, text.length() * 2);
      }
      Arrays.fill(starts, known, text.length(), from.get(i));
      Arrays.fill(ends, known, text.length(), to.get(i));
      known = text.length();
    }
    return new Line(text.toString(), starts, ends);
  }

  /** Its words, as they are compared. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= size(); i++) {
      if (i == size() || loose(i, i + 1).isEmpty()) {
        if (i > start) {
          words.add(loose(start, i));
        }
        start = i + 1;
      }
    }
    return words;
  }

  /** Of a script that has no blanks between its words. */
  static boolean isDense(int character) {
    return switch (Character.UnicodeScript.of(character)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }
}
