package seedance.workflows.request;

/**
 * How long a video will be, as far as it is known beforehand, in whole seconds.
 *
 * @param least rounded down
 * @param most rounded up
 */
public record SecondsRange(int least, int most) {
  /** No video at all. */
  public static final SecondsRange NONE = new SecondsRange(0, 0);

  /**
   * @throws IllegalArgumentException if it is no range
   */
  public SecondsRange {
    if (least < 0 || most < least) {
      throw new IllegalArgumentException("not a range: " + least + " to " + most);
    }
  }

  /** Both videos one after the other. */
  public SecondsRange plus(SecondsRange other) {
    return new SecondsRange(least + other.least, most + other.most);
  }

  /** {@code 5 s} or {@code 4–15 s}. */
  public String inWords() {
    return (least == most ? "" : least + "–") + most + " s";
  }
}
