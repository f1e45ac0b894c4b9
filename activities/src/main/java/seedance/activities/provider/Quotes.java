package seedance.activities.provider;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.Json;

/**
 * What an error's text may repeat of the request, and which therefore says nothing about the error:
 * whatever stands in the request; where that is not at hand, whatever stands in quotation marks.
 */
final class Quotes {
  /** Where the request is not at hand. */
  static final Quotes UNKNOWN = new Quotes(null);

  private static final Map<Character, Character> MARKS =
      Map.of('\'', '\'', '"', '"', '`', '`', '“', '”', '‘', '’', '「', '」', '『', '』', '«', '»');

  /** A code or a field's name, which services quote too. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:\\[\\]-]{0,100}");

  private final @Nullable Json request;

  /** Made when it is first asked for, as most answers are none that it is asked about. */
  private @Nullable List<String> texts;

  private Quotes(@Nullable Json request) {
    this.request = request;
  }

  static Quotes of(Json request) {
    return new Quotes(request);
  }

  /** Whether words also stand in the request, whatever their case, blanks and punctuation. */
  boolean hold(String words) {
    if (request == null) {
      return false;
    }
    if (texts == null) {
      texts = RequestTexts.of(request).texts().stream().map(Quotes::loose).toList();
    }
    String loose = loose(words);
    return texts.stream().anyMatch(text -> text.contains(loose));
  }

  private static String loose(String text) {
    return new Folded(text).loose();
  }

  /** A text without what is quoted in it; all of it where little else is there. */
  String outsideOf(String text) {
    if (request != null) {
      return text;
    }
    StringBuilder outside = new StringBuilder();
    Set<Character> neverClosed = new HashSet<>();
    for (int i = 0; i < text.length(); i++) {
      boolean mayBegin = !isWord(text, i - 1) && !neverClosed.contains(text.charAt(i));
      int end = mayBegin ? end(text, i) : -1;
      if (mayBegin && end < 0) {
        neverClosed.add(text.charAt(i));
      }
      if (end < 0 || NAME.matcher(text.substring(i + 1, end)).matches()) {
        outside.append(text.charAt(i));
      } else {
        outside.append(' ');
        i = end;
      }
    }
    return outside.chars().anyMatch(Character::isLetterOrDigit) ? outside.toString() : text;
  }

  /** Where a quotation ends that begins here; -1 where none does. An apostrophe ends none. */
  private static int end(String text, int start) {
    Character mark = MARKS.get(text.charAt(start));
    if (mark == null) {
      return -1;
    }
    int end = text.indexOf(mark, start + 1);
    while (end >= 0 && isWord(text, end + 1)) {
      end = text.indexOf(mark, end + 1);
    }
    return end;
  }

  private static boolean isWord(String text, int index) {
    return index >= 0
        && index < text.length()
        && text.charAt(index) < 128
        && Character.isLetterOrDigit(text.charAt(index));
  }
}
