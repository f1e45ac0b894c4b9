package seedance.activities.generation;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.SubmitOutcome;

/** Makes of a task that was found what a submission would have answered. */
final class AcceptedTask {
  private AcceptedTask() {}

  /**
   * @param createdAt null where it is not known; then the task counts as accepted now
   * @param notBefore the task was not created before; where {@code createdAt} is null, the first
   *     look goes by it
   */
  static SubmitOutcome.Accepted found(
      String taskId,
      @Nullable Instant createdAt,
      Instant notBefore,
      Instant now,
      Duration usualFirstLook) {
    Duration elapsed = Duration.between(Objects.requireNonNullElse(createdAt, notBefore), now);
    Duration left = elapsed.isNegative() ? usualFirstLook : usualFirstLook.minus(elapsed);
    return new SubmitOutcome.Accepted(
        taskId,
        Objects.requireNonNullElse(createdAt, now),
        left.isNegative() ? Duration.ZERO : left);
  }
}
