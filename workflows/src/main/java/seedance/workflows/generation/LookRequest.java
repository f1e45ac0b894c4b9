package seedance.workflows.generation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.IsoTime.IsoDuration;
import seedance.workflows.json.IsoTime.IsoInstant;
import seedance.workflows.json.WireForm;

/**
 * Which task to look at, and what the schedule of looks goes by.
 *
 * @param acceptedAt when the service took the task
 * @param typicalTime how long such a generation usually takes
 * @param expiresAfter when the service itself gives up such a task, after it took it
 * @param missesInARow how many looks before this one failed, one after the other
 * @param missingSince since when the service has answered every look with "no such task"; null
 *     where the last look did not
 * @param doubtsInARow how many looks before this one saw a task that may be over although its
 *     status does not say so, one after the other; 0 in the requests of older workflows
 * @param storedRequest the name under which the store has the request that surely made the task, as
 *     in {@link Validation.Valid}, to keep what it says out of what the service says; null where
 *     the task was found or adopted, and in the requests of older workflows
 */
@WireForm
public record LookRequest(
    String taskId,
    @IsoInstant Instant acceptedAt,
    @IsoDuration Duration typicalTime,
    @IsoDuration Duration expiresAfter,
    int missesInARow,
    @IsoInstant @Nullable Instant missingSince,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int doubtsInARow,
    @Nullable String storedRequest) {
  public LookRequest {
    Objects.requireNonNull(taskId, "taskId");
    Objects.requireNonNull(acceptedAt, "acceptedAt");
    Objects.requireNonNull(typicalTime, "typicalTime");
    expiresAfter = expiresAfter == null ? GenerationPlan.USUAL_EXPIRY : expiresAfter;
  }

  /** Where no look before this one was in doubt, and the request is not at hand. */
  public LookRequest(
      String taskId,
      Instant acceptedAt,
      Duration typicalTime,
      Duration expiresAfter,
      int missesInARow,
      @Nullable Instant missingSince) {
    this(taskId, acceptedAt, typicalTime, expiresAfter, missesInARow, missingSince, 0, null);
  }

  /** The first look at a task whose request is not at hand. */
  public static LookRequest first(SubmitOutcome.Accepted task, GenerationPlan plan) {
    return new LookRequest(
        task.taskId(), task.acceptedAt(), plan.typicalTime(), plan.expiresAfter(), 0, null);
  }

  /** The same where the store has the request that surely made the task; null where it has not. */
  public LookRequest withStoredRequest(@Nullable String name) {
    return new LookRequest(
        taskId,
        acceptedAt,
        typicalTime,
        expiresAfter,
        missesInARow,
        missingSince,
        doubtsInARow,
        name);
  }

  /** The look after one that saw the task. */
  public LookRequest afterLook(Look.Going going) {
    int doubts = going.problem() == null ? 0 : doubtsInARow + 1;
    return new LookRequest(
        taskId, acceptedAt, typicalTime, expiresAfter, 0, null, doubts, storedRequest);
  }

  /** The look after one that did not. */
  public LookRequest afterMiss(Look.NotSeen miss) {
    Instant missing =
        miss.noSuchTask() ? (missingSince == null ? miss.problem().at() : missingSince) : null;
    return new LookRequest(
        taskId,
        acceptedAt,
        typicalTime,
        expiresAfter,
        missesInARow + 1,
        missing,
        doubtsInARow,
        storedRequest);
  }
}
