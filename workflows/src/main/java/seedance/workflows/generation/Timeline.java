package seedance.workflows.generation;

import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.Supplier;

/** The Temporal UI's timeline: its rows that only wait, and how the labels of all rows speak. */
public final class Timeline {
  /** The UI cuts at 120 characters. */
  private static final int LONGEST_SUMMARY = 120;

  /** Temporal says 400 bytes on the wire; this leaves room for what a timer's label adds. */
  private static final int MOST_BYTES = 300;

  private static final Duration LONGEST_ROW = Duration.ofDays(30);

  private Timeline() {}

  /**
   * Waits on a durable timer, whose label on the timeline is {@code Running, next look in 9 s}.
   *
   * @param until what is known and what comes next, such as {@code Running, next look}
   */
  public static void pause(Duration duration, String until) {
    timer(duration, in(duration, until)).get();
  }

  /** Like {@link #pause}, but goes on as soon as {@code isOver} says so. */
  public static void pauseUnless(Supplier<Boolean> isOver, Duration duration, String until) {
    awaitOrFire(isOver, duration, in(duration, until));
  }

  /**
   * Waits until {@code isOver} says so, however long that takes. The wait itself is a row of the
   * timeline, as a durable timer with a label; what a workflow only waits for leaves none.
   */
  public static void awaitInSight(Supplier<Boolean> isOver, String label) {
    while (!isOver.get()) {
      awaitOrFire(isOver, LONGEST_ROW, label(label));
    }
  }

  private static void awaitOrFire(Supplier<Boolean> isOver, Duration duration, String label) {
    CompletablePromise<Void> over = Workflow.newPromise();
    CancellationScope scope =
        Workflow.newCancellationScope(
            // Handled, as the SDK logs a cancelled timer that nobody asked for its end.
            () -> timer(duration, label).handle((fired, cancelled) -> over.complete(null)));
    scope.run();
    Workflow.await(() -> over.isCompleted() || isOver.get());
    if (!over.isCompleted()) {
      scope.cancel();
    }
  }

  private static String in(Duration duration, String until) {
    return "%s in %s".formatted(until, rounded(duration));
  }

  private static Promise<Void> timer(Duration duration, String label) {
    return Workflow.newTimer(duration, TimerOptions.newBuilder().setSummary(label).build());
  }

  /** With a capital, and no longer than a label may be. */
  static String sentence(String words) {
    return words.isEmpty()
        ? words
        : label(Character.toUpperCase(words.charAt(0)) + words.substring(1));
  }

  /** Rounded: {@code 9 s}, {@code 5 min}, {@code 3 h}, {@code 2 days}, each from two of them on. */
  public static String rounded(Duration duration) {
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

  /**
   * Returns no more of a label than the Temporal UI's timeline shows and its server takes. Half a
   * character is left nowhere, as it could not be written.
   */
  public static String label(String summary) {
    String label = summary.replaceAll("\\p{Cntrl}", " ");
    if (label.length() <= LONGEST_SUMMARY && bytes(label) <= MOST_BYTES) {
      return label;
    }
    StringBuilder start = new StringBuilder();
    int bytes = bytes("…");
    for (int i = 0; i < label.length(); ) {
      String character = Character.toString(label.codePointAt(i));
      bytes += bytes(character);
      if (i + character.length() >= LONGEST_SUMMARY || bytes > MOST_BYTES) {
        break;
      }
      start.append(character);
      i += character.length();
    }
    return start.append('…').toString();
  }

  /** In JSON, where each half of a character beyond the first plane is an escape of six bytes. */
  private static int bytes(String text) {
    return text.chars().map(Timeline::bytes).sum();
  }

  private static int bytes(int half) {
    if (Character.isSurrogate((char) half)) {
      return 6;
    }
    return half >= 0x800 ? 3 : half >= 0x80 || half == '"' || half == '\\' ? 2 : 1;
  }
}
