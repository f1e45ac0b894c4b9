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
 * between them hides what is the same. A request has up to a million of them, so that all is kept
 * in arrays, and what a part counts for is the difference of two sums.
 */
final class Folded {
  private static final int DENSE = 3;

  /** No character below is of a dense script. */
  private static final int FIRST_DENSE = 0x0E00;

  private static final Pattern MARKS =
      Pattern.compile("[\\p{M}\\p{Cf}" + PlainText.BLANK_LETTERS + "]");

  /** What was folded before, of the characters that are usual; filled by whoever comes first. */
  private static final Unit[] KNOWN = new Unit[1 << 16];

  /** A character in the two forms. */
  private record Unit(String tight, String loose) {}

  /** A whole text, folded, of which each character knows where in the text it is from. */
  record Line(String text, int[] from, int[] to) {}

  private final String tight;
  private final String loose;
  private int size;

  // Of each character where it is from, and where it begins in the two forms.
  private int[] from = new int[16];
  private int[] to = new int[16];
  private int[] tightAt = new int[17];
  private int[] looseAt = new int[17];

  // What those before it count for, with and without blanks and signs.
  private final int[] weightAt;
  private final int[] solidAt;

  Folded(String text) {
    StringBuilder all = new StringBuilder(text.length());
    StringBuilder solids = new StringBuilder(text.length());
    int[] weights = new int[16];
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      int end = i + Character.charCount(character);
      Unit unit = unit(character);
      boolean doubled =
          unit.tight().equals(" ") && !all.isEmpty() && all.charAt(all.length() - 1) == ' ';
      if (!unit.tight().isEmpty() && !doubled) {
        if (size == weights.length) {
          weights = Arrays.copyOf(weights, size * 2);
          grow();
        }
        all.append(unit.tight());
        solids.append(unit.loose());
        from[size] = i;
        to[size] = end;
        weights[size++] = isDense(character) ? DENSE : end - i;
        tightAt[size] = all.length();
        looseAt[size] = solids.length();
      } else if (size > 0 && weights[size - 1] < 2) {
        // An accent counts as a character, however many there are.
        weights[size - 1] = 2;
      }
      i = end;
    }
    this.tight = all.toString();
    this.loose = solids.toString();
    this.weightAt = new int[size + 1];
    this.solidAt = new int[size + 1];
    for (int i = 0; i < size; i++) {
      weightAt[i + 1] = weightAt[i] + weights[i];
      solidAt[i + 1] = solidAt[i] + (looseAt[i + 1] > looseAt[i] ? weights[i] : 0);
    }
  }

  private void grow() {
    from = Arrays.copyOf(from, size * 2);
    to = Arrays.copyOf(to, size * 2);
    tightAt = Arrays.copyOf(tightAt, size * 2 + 1);
    looseAt = Arrays.copyOf(looseAt, size * 2 + 1);
  }

  private static Unit unit(int character) {
    if (character >= KNOWN.length) {
      String folded = fold(character);
      return new Unit(folded, solid(folded));
    }
    Unit known = KNOWN[character];
    if (known == null) {
      String folded = fold(character);
      known = new Unit(folded, solid(folded));
      KNOWN[character] = known;
    }
    return known;
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

  private static String solid(String unit) {
    return unit.codePoints().allMatch(Character::isLetterOrDigit)
        ? unit
        : unit.codePoints()
            .filter(Character::isLetterOrDigit)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  int size() {
    return size;
  }

  int weight() {
    return weightAt[size];
  }

  /** What a part counts for: a character of a dense script says about as much as three letters. */
  int weight(int start, int end) {
    return weightAt[end] - weightAt[start];
  }

  /** What the letters and digits of a part count for. */
  int solidWeight(int start, int end) {
    return solidAt[end] - solidAt[start];
  }

  String tight(int start, int end) {
    return tight.substring(tightAt[start], tightAt[end]);
  }

  String loose(int start, int end) {
    return loose.substring(looseAt[start], looseAt[end]);
  }

  String loose() {
    return loose;
  }

  Line tightLine() {
    return line(tight, tightAt);
  }

  Line looseLine() {
    return line(loose, looseAt);
  }

  private Line line(String text, int[] at) {
    int[] starts = new int[text.length()];
    int[] ends = new int[text.length()];
    for (int i = 0; i < size; i++) {
      Arrays.fill(starts, at[i], at[i + 1], from[i]);
      Arrays.fill(ends, at[i], at[i + 1], to[i]);
    }
    return new Line(text, starts, ends);
  }

  /** Its words, as they are compared. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= size; i++) {
      if (i == size || looseAt[i] == looseAt[i + 1]) {
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
    return character >= FIRST_DENSE
        && switch (Character.UnicodeScript.of(character)) {
          case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, THAI, LAO, KHMER, MYANMAR -> true;
          default -> false;
        };
  }
}
