package seedance.activities.provider;

import com.fasterxml.jackson.annotation.JsonValue;

/** A text that never shows itself: it prints, and becomes JSON, as {@code ***}. */
public final class Secret {
  private static final String HIDDEN = "***";
  private static final int SHORTEST_KEY = 12;

  private final transient String text;

  private Secret(String text) {
    this.text = text;
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

  /**
   * Returns {@code foreign} with this secret blanked. One shorter than a real key is left alone, as
   * it may be a word.
   */
  String blankedIn(String foreign) {
    return text.length() < SHORTEST_KEY ? foreign : foreign.replace(text, HIDDEN);
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
