package seedance.activities.generation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.activities.provider.ListedTask;
import seedance.workflows.generation.GenerationOutcome;
import seedance.workflows.generation.Marker;
import seedance.workflows.generation.TaskTraits;

/** Whether a task that the service shows can be the one that a submission made. */
final class TaskMatch {
  /** The clocks of service and workers differ. */
  static final Duration EARLIEST_BEFORE = Duration.ofMinutes(1);

  /** The service may take its time before it makes the task of a request that it got. */
  static final Duration LATEST_AFTER = Duration.ofMinutes(5);

  /** Of one submission, from its opening to the end of its call. */
  private static final Duration LONGEST_CALL = Duration.ofSeconds(90);

  /** Two submissions that were opened further apart cannot have made the same task. */
  static final Duration LONGEST_APART =
      EARLIEST_BEFORE.plus(LONGEST_CALL).plus(LATEST_AFTER).plus(EARLIEST_BEFORE);

  /** The service shows whole seconds; a length may be shown to the frame. */
  private static final double DURATION_TOLERANCE = 0.5;

  private TaskMatch() {}

  /** Whether the task echoes the marker. */
  static boolean shows(ListedTask task, Marker marker) {
    if (marker instanceof Marker.Seed drawn) {
      return Objects.equals(task.facts().seed(), (long) drawn.seed());
    }
    return marker instanceof Marker.SafetyIdentifier made
        && made.value().equals(task.safetyIdentifier());
  }

  /** Whether nothing that both state differs. */
  static boolean fits(ListedTask task, TaskTraits traits) {
    return fits(task.facts(), traits) && same(traits.safetyIdentifier(), task.safetyIdentifier());
  }

  /** Whether nothing that both state differs. */
  static boolean fits(GenerationOutcome facts, TaskTraits traits) {
    return isOneOf(traits.models(), facts.model())
        && same(traits.seed(), facts.seed())
        && sameWord(traits.resolution(), facts.resolution())
        && sameWord(traits.ratio(), facts.ratio())
        && sameLength(traits.duration(), facts.duration());
  }

  /**
   * Whether a submission that was opened then can have made the task.
   *
   * @param createdAt null where the service does not tell
   */
  static boolean fits(@Nullable Instant createdAt, Instant openedAt) {
    return createdAt == null
        || !createdAt.isBefore(openedAt.minus(EARLIEST_BEFORE))
            && !createdAt.isAfter(openedAt.plus(LONGEST_CALL).plus(LATEST_AFTER));
  }

  /**
   * The service may show a later version than the catalogue knows, {@code …-2-0-270101} for {@code
   * …-2-0}: passing over the true task is worse than asking about a wrong one.
   */
  private static boolean isOneOf(List<String> names, @Nullable String shown) {
    return names.isEmpty()
        || shown == null
        || names.stream().anyMatch(name -> startsWith(shown, name) || startsWith(name, shown));
  }

  private static boolean startsWith(String text, String start) {
    return text.regionMatches(true, 0, start, 0, start.length());
  }

  private static boolean same(@Nullable Object one, @Nullable Object other) {
    return one == null || other == null || one.equals(other);
  }

  private static boolean sameWord(@Nullable String one, @Nullable String other) {
    return one == null || other == null || one.equalsIgnoreCase(other);
  }

  private static boolean sameLength(@Nullable Integer seconds, @Nullable Double shown) {
    return seconds == null || shown == null || Math.abs(seconds - shown) <= DURATION_TOLERANCE;
  }
}
