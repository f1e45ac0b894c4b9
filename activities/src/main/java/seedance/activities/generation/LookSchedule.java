package seedance.activities.generation;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait: the bounds of what {@link Looks} finds best, and what follows on a failure.
 * Pure but for the jitter, so that many generations do not come back at the same moment.
 */
public final class LookSchedule {
  private static final Duration SHORTEST_LOOK = Duration.ofSeconds(1);
  private static final Duration LONGEST_LOOK = Duration.ofMinutes(30);
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  /** A list of tasks may lag behind a create; that it does for minutes was never seen. */
  private static final Duration PATIENCE_WITH_A_LIST = Duration.ofMinutes(5);

  /** A receipt or a callback may be under way where there is no list. */
  private static final Duration PATIENCE_WITHOUT_A_LIST = Duration.ofSeconds(10);

  /** A gateway that restarts was seen to forget its tasks for a minute. */
  private static final Duration PATIENCE_WITH_NO_SUCH_TASK = Duration.ofSeconds(100);

  private static final Duration SHORTEST_WAIT_WHILE_ASKED = Duration.ofMinutes(5);
  private static final Duration LONGEST_WAIT_WHILE_ASKED = Duration.ofMinutes(30);
  private static final Duration LONGEST_WAIT_TO_SUBMIT = Duration.ofMinutes(2);
  private static final Duration LONGEST_WAIT_TO_STORE = Duration.ofMinutes(2);

  private final double speed;

  private LookSchedule(double speed) {
    this.speed = speed;
  }

  /** The schedule for the service as it is. */
  public static LookSchedule realTime() {
    return new LookSchedule(1);
  }

  /**
   * The schedule for a service that is simulated faster than life.
   *
   * @param speed how many times faster, &gt; 0
   */
  public static LookSchedule atSpeed(double speed) {
    if (!(speed > 0)) {
      throw new IllegalArgumentException("speed is " + speed + ", must be > 0");
    }
    return new LookSchedule(speed);
  }

  /** How long something takes at this speed that takes {@code typicalTime} in life. */
  public Duration expected(Duration typicalTime) {
    return scaled(typicalTime);
  }

  /** A look that is best in so long. */
  Duration lookIn(Duration best) {
    return clamp(best, SHORTEST_LOOK, LONGEST_LOOK);
  }

  /** After a failed look. */
  Duration nextLookAfterMiss(int missesInARow, Optional<Duration> retryAfter) {
    return patient(retryAfter, missesInARow, LONGEST_WAIT);
  }

  /** How long a task that is not in the service's list is no proof that there is none. */
  Duration patienceWithAList() {
    return scaled(PATIENCE_WITH_A_LIST);
  }

  /** How long to look for a receipt where the service has no list. */
  Duration patienceWithoutAList() {
    return scaled(PATIENCE_WITHOUT_A_LIST);
  }

  /** How long "no such task" is no proof that there is none to take over. */
  Duration patienceWithNoSuchTask() {
    return scaled(PATIENCE_WITH_NO_SUCH_TASK);
  }

  /**
   * When to look again for a lost task: each wait doubles the time that it has been looked for.
   *
   * @param elapsed since it was surely not sent any more
   */
  Duration nextReconciliationIn(Duration elapsed, Optional<Duration> retryAfter) {
    Duration own = clamp(elapsed, SHORTEST_WAIT, LONGEST_WAIT);
    return retryAfter.filter(asked -> asked.compareTo(own) > 0).orElse(own);
  }

  /**
   * When to look again for a lost task while someone is asked about it.
   *
   * @param elapsed since it was surely not sent any more
   */
  Duration nextReconciliationWhileAskedIn(Duration elapsed) {
    return clamp(elapsed, SHORTEST_WAIT_WHILE_ASKED, LONGEST_WAIT_WHILE_ASKED);
  }

  /** After a submission that the service did not take. */
  Duration nextSubmissionIn(int attempt, Optional<Duration> retryAfter) {
    return patient(retryAfter, attempt - 1, LONGEST_WAIT_TO_SUBMIT);
  }

  /** After a hand-off that did not store everything, or another try at the store. */
  public Duration nextHandOffIn(int attempt, Optional<Duration> retryAfter) {
    return patient(retryAfter, attempt - 1, LONGEST_WAIT_TO_STORE);
  }

  /**
   * Never before the service asked for, and slower the longer it lasts, whatever was asked for:
   * hours of "again in a second" would fill the workflow's history.
   */
  private Duration patient(Optional<Duration> retryAfter, int failures, Duration longest) {
    Duration own = growing(failures, longest);
    return retryAfter.filter(asked -> asked.compareTo(own) > 0).orElse(own);
  }

  private Duration growing(int failures, Duration longest) {
    long factor = 1L << Math.min(Math.max(failures, 0), 10);
    Duration wait = clamp(scaled(SHORTEST_WAIT.multipliedBy(factor)), SHORTEST_WAIT, longest);
    return times(wait, 1 + 0.2 * ThreadLocalRandom.current().nextDouble());
  }

  private Duration clamp(Duration wait, Duration shortest, Duration longest) {
    Duration low = scaled(shortest);
    Duration high = scaled(longest);
    return wait.compareTo(low) < 0 ? low : wait.compareTo(high) > 0 ? high : wait;
  }

  private Duration scaled(Duration inLife) {
    return times(inLife, 1 / speed);
  }

  private static Duration times(Duration duration, double factor) {
    return Duration.ofMillis(Math.max(1, Math.round(duration.toMillis() * factor)));
  }
}
