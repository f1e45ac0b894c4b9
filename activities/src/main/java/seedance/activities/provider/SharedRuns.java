package seedance.activities.provider;

import java.util.BitSet;
import java.util.List;

/**
 * Finds in a message what also stands in a request: any run of a dozen characters, whatever their
 * case and the blanks and punctuation between them, and of a text that is shorter each of its
 * words. Of a script without blanks four characters are as many as a dozen. The request, which may
 * be long, is read once for the message, which is not.
 */
final class SharedRuns {
  private static final int RUN = 12;

  /** A run with fewer is punctuation, and compared as it is. */
  private static final int FEWEST_SOLID = 6;

  private static final int SHORTEST_WORD = 3;

  /** Of ligatures a dozen are many letters, of which these are enough. */
  private static final int LONGEST_RUN = 40;

  private final String message;
  private final Folded.Line tight;
  private final Folded.Line loose;
  private final Occurrences tightRuns;
  private final Occurrences looseRuns;
  private final BitSet shared = new BitSet();

  private SharedRuns(String message) {
    this.message = message;
    Folded folded = new Folded(message);
    this.tight = folded.tightLine();
    this.loose = folded.looseLine();
    this.tightRuns = new Occurrences(tight.text());
    this.looseRuns = new Occurrences(loose.text());
  }

  /** Returns the message without what it shares with the texts. */
  static String cutFrom(String message, List<Searched> texts) {
    SharedRuns runs = new SharedRuns(message);
    texts.forEach(runs::findIn);
    return runs.cut();
  }

  /**
   * A text of the request.
   *
   * @param letters its letters and digits alone: where little but blanks and signs stands between
   *     them, a run has too few of them
   */
  record Searched(Folded text, Folded letters) {
    static Searched of(String text) {
      Folded folded = new Folded(text);
      return new Searched(folded, new Folded(folded.loose()));
    }
  }

  private void findIn(Searched searched) {
    if (searched.text().weight() < RUN) {
      findShort(searched.text());
      return;
    }
    findRuns(searched.text());
    findRuns(searched.letters());
  }

  private void findRuns(Folded text) {
    int end = 0;
    for (int start = 0; start < text.size(); start++) {
      while (end < text.size() && text.weight(start, end) < RUN) {
        end++;
      }
      if (text.weight(start, end) < RUN) {
        return;
      }
      findRun(text, start, end);
    }
  }

  private void findRun(Folded text, int start, int end) {
    String letters = text.loose(start, end);
    if (text.solidWeight(start, end) < FEWEST_SOLID || letters.length() < 2) {
      find(tight, tightRuns, text.tight(start, end));
    } else {
      find(loose, looseRuns, letters);
    }
  }

  private void find(Folded.Line line, Occurrences runs, String whole) {
    String run = whole.substring(0, Math.min(whole.length(), LONGEST_RUN));
    if (!run.isBlank()) {
      runs.take(run).forEach(at -> share(line, at, run));
    }
  }

  private void findShort(Folded text) {
    if (text.loose().isEmpty()) {
      findSymbols(text);
      return;
    }
    mark(loose, text.loose(), true);
    List<String> words = text.words();
    for (String word : words) {
      boolean says = word.length() >= SHORTEST_WORD || word.codePoints().anyMatch(Folded::isDense);
      if (says || words.size() == 1) {
        mark(loose, word, true);
      }
    }
  }

  /** A text of nothing but emoji is one of its own; punctuation is not. */
  private void findSymbols(Folded text) {
    String symbols = text.tight(0, text.size()).strip();
    if (symbols.codePoints().anyMatch(each -> Character.getType(each) == Character.OTHER_SYMBOL)) {
      mark(tight, symbols, false);
    }
  }

  private void mark(Folded.Line line, String run, boolean wholeWords) {
    if (run.isBlank()) {
      return;
    }
    for (int at = line.text().indexOf(run); at >= 0; at = line.text().indexOf(run, at + 1)) {
      if (!wholeWords
          || !continues(line.from()[at]) && !continues(line.to()[at + run.length() - 1])) {
        share(line, at, run);
      }
    }
  }

  private void share(Folded.Line line, int at, String run) {
    shared.set(line.from()[at], line.to()[at + run.length() - 1]);
  }

  /** Whether a word goes on over a border between characters. */
  private boolean continues(int border) {
    if (border <= 0 || border >= message.length()) {
      return false;
    }
    int before = message.codePointBefore(border);
    int after = message.codePointAt(border);
    return Character.isLetterOrDigit(before)
        && Character.isLetterOrDigit(after)
        && !Folded.isDense(before)
        && !Folded.isDense(after);
  }

  private String cut() {
    StringBuilder left = new StringBuilder();
    int at = 0;
    while (at < message.length()) {
      int from = shared.nextSetBit(at);
      if (from < 0) {
        break;
      }
      int to = shared.nextClearBit(from);
      while (continues(from)) {
        from -= Character.charCount(message.codePointBefore(from));
      }
      while (continues(to)) {
        to += Character.charCount(message.codePointAt(to));
      }
      left.append(message, at, Math.max(at, from)).append(Addresses.CUT);
      at = to;
    }
    return at < message.length()
        ? left.append(message, at, message.length()).toString()
        : left.toString();
  }
}
