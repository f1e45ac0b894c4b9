package seedance.activities.provider;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Makes foreign text plain: one line, without escapes, compatibility characters, control characters
 * and marks of HTML. So what a request says is found in it however often it was wrapped up.
 */
final class PlainText {
  private static final int MOST_ROUNDS = 6;

  private static final Pattern TAG = Pattern.compile("</?[A-Za-z][^<>]{0,200}>");

  /** Letters that nobody sees, for a class of characters. */
  static final String BLANK_LETTERS = "\\u115F\\u1160\\u3164\\uFFA0\\u2800";

  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}" + BLANK_LETTERS + "]");

  private static final Pattern BLANKS = Pattern.compile("[\\p{Cc}\\p{Z}\\s]+");

  private PlainText() {}

  static String of(String foreign) {
    String text = foreign;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      String plainer = Escapes.undone(Normalizer.normalize(text, Normalizer.Form.NFKC));
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
}
