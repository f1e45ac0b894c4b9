package seedance.workflows.generation;

import java.time.Duration;

/** How the labels of the Temporal UI's timeline speak. */
final class TimelineWords {
  private TimelineWords() {}

  /** With a capital, and no longer than a label may be. */
  static String sentence(String words) {
    return words.isEmpty()
        ? words
        : GenerationActivities.cut(Character.toUpperCase(words.charAt(0)) + words.substring(1));
  }

  /** {@code 9 s}, or {@code 5 min} from two minutes on. */
  static String of(Duration duration) {
    long seconds = Math.max(1, Math.round(duration.toMillis() / 1000.0));
    return seconds < 120 ? seconds + " s" : Math.round(seconds / 60.0) + " min";
  }
}
