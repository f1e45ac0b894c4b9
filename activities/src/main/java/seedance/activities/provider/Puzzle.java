package seedance.activities.provider;

import java.util.Objects;

/**
 * Why a task that counts as under way may be over all the same.
 *
 * @param what in our own words, as in {@link Creation}; of the reply it names fields, or the word
 *     for the status, and no values
 */
public record Puzzle(Kind kind, String what) {
  public Puzzle {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(what, "what");
  }

  /** Kinds of puzzles. */
  public enum Kind {
    /** It has succeeded, and its reply names no video. */
    NO_VIDEO,
    /** It has succeeded over a day ago, and its video is gone. */
    CLEARED,
    /** It has succeeded, and where its video may be does not answer now. */
    NO_ANSWER,
    /** Its status is a word that is not known and looks final. */
    UNKNOWN_WORD,
    /** The same, and it surely names a video. */
    UNKNOWN_WORD_BESIDE_VIDEO
  }
}
