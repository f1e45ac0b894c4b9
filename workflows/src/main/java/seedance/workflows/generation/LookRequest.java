package seedance.workflows.generation;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import seedance.workflows.request.IsoTime.IsoDuration;
import seedance.workflows.request.IsoTime.IsoInstant;
import seedance.workflows.request.WireForm;

/**
 * Which task to look at, and what the schedule of looks goes by.
 *
 * @param acceptedAt when the service took the task
 * @param typicalTime how long such a generation usually takes
 * @param expiresAfter when the service itself gives up such a task, after it took it
 * @param missesInARow how many looks before this one failed, one after the other
 * @param missingSince since when the service has answered every look with "no such task"; null
 *     where the last look did not
 */
@WireForm
public record LookRequest(
    String taskId,
    @IsoInstant Instant acceptedAt,
    @IsoDuration Duration typicalTime,
    @IsoDuration Duration expiresAfter,
    int missesInARow,
    @IsoInstant Instant missingSince) {
  public LookRequest {
    Objects.requireNonNull(taskId, "taskId");
    Objects.requireNonNull(acceptedAt, "acceptedAt");
    Objects.requireNonNull(typicalTime, "typicalTime");
    expiresAfter = expiresAfter == null ? GenerationPlan.USUAL_EXPIRY : expiresAfter;
  }

  /** The first look at a task. */
  public static LookRequest first(SubmitOutcome.Accepted task, GenerationPlan plan) {
    return new LookRequest(
        task.taskId(), task.acceptedAt(), plan.typicalTime(), plan.expiresAfter(), 0, null);
  }

  /** The look after one that saw the task. */
  public LookRequest afterSighting() {
    return new LookRequest(taskId, acceptedAt, typicalTime, expiresAfter, 0, null);
  }

  /** The look after one that did not. */
  public LookRequest afterMiss(Look.NotSeen miss) {
    Instant missing =
        miss.noSuchTask() ? (missingSince == null ? miss.problem().at() : missingSince) : null;
    return new LookRequest(
        taskId, acceptedAt, typicalTime, expiresAfter, missesInARow + 1, missing);
  }
}
