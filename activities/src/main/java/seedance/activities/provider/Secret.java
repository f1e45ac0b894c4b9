package seedance.activities.provider;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A text that never shows itself: it prints, and becomes JSON, as {@code ***}. */
public final class Secret {
  private static final String HIDDEN = "***";
  private static final int SHORTEST_KEY = 12;
  private static final Pattern PREFIX_END = Pattern.compile("[-_]");
  private static final int LONGEST_PREFIX = 10;
  private static final String REST = "(?:[\\w.~+/=%&#;-]++|\\\\{1,4}u00[0-9a-f]{2}){0,300}+";

  private final transient String text;
  private final transient Pattern whole;
  private final transient Pattern spellings;

  private Secret(String text) {
    this.text = text;
    this.whole =
        Pattern.compile(
            forms(text).map(Pattern::quote).collect(Collectors.joining("|")),
            Pattern.CASE_INSENSITIVE);
    this.spellings = spellings(text);
  }

  /** Itself, and without its prefixes. */
  private static Stream<String> forms(String text) {
    Stream<String> afterPrefix =
        PREFIX_END
            .matcher(text)
            .results()
            .map(MatchResult::end)
            .takeWhile(end -> end <= LONGEST_PREFIX)
            .map(text::substring)
            .filter(rest -> rest.length() >= SHORTEST_KEY);
    return Stream.concat(Stream.of(text), afterPrefix);
  }

  /**
   * Its first dozen characters, in any case, with its dashes or without, and each as JSON, a URL or
   * HTML may write it; and what the word goes on with. The same without its {@code sk-}: gateways
   * cut it off before they look a key up, and their errors quote the rest (M).
   */
  private static Pattern spellings(String text) {
    String starts = forms(text).map(Secret::start).collect(Collectors.joining("|"));
    return Pattern.compile("(?:" + starts + ")" + REST, Pattern.CASE_INSENSITIVE);
  }

  private static String start(String text) {
    StringBuilder start = new StringBuilder();
    text.chars()
        .limit(SHORTEST_KEY)
        .forEach(
            each ->
                start.append(
                    "(?:%1$s|\\\\{1,4}u00%2$02x|%%%2$02x|&#0{0,4}%2$d;|&#x0{0,4}%2$x;)%3$s"
                        .formatted(
                            Pattern.quote(Character.toString(each)),
                            each,
                            each == '-' ? "?" : "")));
    return start.toString();
  }

  /**
   * Takes a secret, without the white space around it (a file's last line break).
   *
   * @throws IllegalArgumentException when nothing is left, or when it cannot be sent in an HTTP
   *     header; the message does not quote it
   */
  public static Secret of(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      throw new IllegalArgumentException("is empty");
    }
    if (!stripped.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new IllegalArgumentException(
          "holds a character that an HTTP header cannot carry (a space, a line break, non-ASCII)");
    }
    return new Secret(stripped);
  }

  /** The text itself, for the one place that sends it. */
  String reveal() {
    return text;
  }

  /** Whether all of it is in a plain text, with its prefix or without. */
  boolean isWholeIn(String plain) {
    return whole.matcher(plain).find();
  }

  /**
   * Returns {@code foreign} with this secret blanked, however it is spelled there. One shorter than
   * a real key is left alone, as it may be a word.
   */
  String blankedIn(String foreign) {
    return text.length() < SHORTEST_KEY ? foreign : spellings.matcher(foreign).replaceAll(HIDDEN);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @JsonValue
  @Override
  public String toString() {
    return HIDDEN;
  }
}
