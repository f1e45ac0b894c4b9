package seedance.activities.generation;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.Callbacks;
import seedance.workflows.generation.SubmitOutcome;

/** Makes of a task that was found what a submission would have answered. */
final class AcceptedTask {
  private AcceptedTask() {}

  /**
   * @param createdAt null where it is not known; then the task counts as accepted now
   * @param notBefore the task was not created before; where {@code createdAt} is null, the first
   *     look goes by it
   * @param group as in {@link seedance.workflows.generation.GenerationPlan#group()}; where the
   *     workflow names none, it heeds no calls
   */
  static SubmitOutcome.Accepted found(
      String taskId,
      @Nullable Instant createdAt,
      Instant notBefore,
      Instant now,
      Looks looks,
      @Nullable String group,
      Duration typicalTime) {
    Looks.Plan plan =
        looks.first(
            group,
            typicalTime,
            Callbacks.NOT_ASKED_FOR,
            Objects.requireNonNullElse(createdAt, notBefore),
            now);
    return new SubmitOutcome.Accepted(
        taskId,
        Objects.requireNonNullElse(createdAt, now),
        plan.lookIn(),
        plan.expectation(),
        group == null ? null : Callbacks.NOT_ASKED_FOR);
  }

  /** The same of a task that is over, and is looked at at once. */
  static SubmitOutcome.Accepted over(
      String taskId, @Nullable Instant createdAt, Instant now, @Nullable String group) {
    return new SubmitOutcome.Accepted(
        taskId,
        Objects.requireNonNullElse(createdAt, now),
        Duration.ZERO,
        null,
        group == null ? null : Callbacks.NOT_ASKED_FOR);
  }
}
