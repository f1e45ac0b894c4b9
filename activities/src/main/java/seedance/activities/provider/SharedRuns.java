package seedance.activities.provider;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds in a message what also stands in a request: any run of a dozen characters, whatever their
 * case and the blanks and punctuation between them, and of a text that is shorter each of its
 * words. Of a script without blanks four characters are as many as a dozen.
 */
final class SharedRuns {
  private static final int RUN = 12;

  /** A run with fewer is punctuation, and compared as it is. */
  private static final int FEWEST_SOLID = 6;

  private static final int SHORTEST_WORD = 3;

  private final String message;
  private final Folded.Line tight;
  private final Folded.Line loose;
  private final Set<Integer> pairs = new HashSet<>();
  private final Set<String> found = new HashSet<>();
  private final BitSet shared = new BitSet();

  private SharedRuns(String message) {
    this.message = message;
    Folded folded = new Folded(message);
    this.tight = folded.tightLine();
    this.loose = folded.looseLine();
    for (int i = 0; i + 1 < loose.text().length(); i++) {
      pairs.add(pair(loose.text(), i));
    }
  }

  /** Returns the message without what it shares with the texts. */
  static String cutFrom(String message, List<Folded> texts) {
    SharedRuns runs = new SharedRuns(message);
    texts.forEach(runs::findIn);
    return runs.cut();
  }

  private void findIn(Folded text) {
    if (text.weight() < RUN) {
      findShort(text);
      return;
    }
    findRuns(text);
    // Where little but blanks and signs stands between letters, a run has too few of them.
    findRuns(new Folded(text.loose()));
  }

  private void findRuns(Folded text) {
    int end = 0;
    int weight = 0;
    for (int start = 0; start < text.size(); start++) {
      while (end < text.size() && weight < RUN) {
        weight += text.weight(end++);
      }
      if (weight < RUN) {
        return;
      }
      findRun(text, start, end);
      weight -= text.weight(start);
    }
  }

  private void findRun(Folded text, int start, int end) {
    String letters = text.loose(start, end);
    if (text.solidWeight(start, end) < FEWEST_SOLID || letters.length() < 2) {
      findOnce(tight, text.tight(start, end));
    } else if (pairs.contains(pair(letters, 0))) {
      findOnce(loose, letters);
    }
  }

  /** A text that repeats itself has few runs, however long it is. */
  private void findOnce(Folded.Line line, String run) {
    if (!found.contains(run) && line.text().contains(run)) {
      found.add(run);
      mark(line, run, false);
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
      int from = line.from()[at];
      int to = line.to()[at + run.length() - 1];
      if (!wholeWords || !continues(from) && !continues(to)) {
        shared.set(from, to);
      }
    }
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

  private static int pair(String text, int at) {
    return text.charAt(at) << 16 | text.charAt(at + 1);
  }
}
