package seedance.activities.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The codes in an error's text, as gateways write the service's code into it (M): {@code
 * InvalidParameter.TaskTypeConstraint: The parameter …}.
 *
 * @param stated those that the text is about: at its start, between colons, a value of what looks
 *     like an object, or all that it is
 * @param mentioned those that stand anywhere else
 */
record CodesInText(List<String> stated, List<String> mentioned) {
  private static final int MOST = 8;

  /** Two words in one, as every code is and hardly any other word. */
  private static final Pattern CODE =
      Pattern.compile(
          "(?<![\\w./-])(?:[A-Z][a-z]{1,30}(?:[A-Z][a-z]{0,30}){1,12}(?:\\.[A-Za-z_]{1,60}){0,4}"
              + "|[A-Za-z]{2,40}(?:_[A-Za-z]{2,40}){1,6})(?![\\w/-])");

  private static final Pattern ONE_WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{2,60}");
  private static final Pattern START = Pattern.compile("[\\s\\p{Ps}\\p{Pi}\"'`]{0,10}");
  private static final Pattern AFTER_COLON =
      Pattern.compile("(?s).*[:：][\\s\\p{Ps}\\p{Pi}\"'`]{0,10}");
  private static final Pattern AT_ITS_END =
      Pattern.compile("(?s)[\\p{Pe}\\p{Pf}\"'`]{0,5}\\s{0,5}(?:[:：].*|[.。!！\\s]{0,5})|[\"'][,}].*");

  CodesInText {
    stated = List.copyOf(stated);
    mentioned = List.copyOf(mentioned);
  }

  static CodesInText of(String text) {
    if (ONE_WORD.matcher(text.strip()).matches()) {
      return new CodesInText(List.of(text.strip()), List.of());
    }
    List<String> stated = new ArrayList<>();
    List<String> mentioned = new ArrayList<>();
    CODE.matcher(text)
        .results()
        .limit(MOST)
        .forEach(code -> (isStated(code, text) ? stated : mentioned).add(code.group()));
    return new CodesInText(stated, mentioned);
  }

  private static boolean isStated(MatchResult code, String text) {
    String before = text.substring(0, code.start());
    return START.matcher(before).matches()
        || AFTER_COLON.matcher(before).matches()
            && AT_ITS_END.matcher(text.substring(code.end())).matches();
  }
}
