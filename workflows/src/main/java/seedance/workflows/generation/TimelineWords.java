package seedance.workflows.generation;

import java.time.Duration;

/** How the labels of the Temporal UI's timeline speak. */
public final class TimelineWords {
  private TimelineWords() {}

  /** With a capital, and no longer than a label may be. */
  static String sentence(String words) {
    return words.isEmpty()
        ? words
        : GenerationActivities.cut(Character.toUpperCase(words.charAt(0)) + words.substring(1));
  }

  /** Rounded: {@code 9 s}, {@code 5 min}, {@code 3 h}, {@code 2 days}, each from two of them on. */
  public static String of(Duration duration) {
    long seconds = Math.max(1, Math.round(duration.toMillis() / 1000.0));
    if (seconds < 120) {
      return seconds + " s";
    }
    long minutes = Math.round(seconds / 60.0);
    if (minutes < 120) {
      return minutes + " min";
    }
    long hours = Math.round(minutes / 60.0);
    return hours < 48 ? hours + " h" : Math.round(hours / 24.0) + " days";
  }
}
