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
 * @param group as in {@link GenerationPlan#group()}
 * @param sightings what the looks before this one saw of its way; null where its beginning is not
 *     known, and in the requests of older workflows
 * @param callbacks as in {@link SubmitOutcome.Accepted#callbacks()}
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
    @Nullable String storedRequest,
    @Nullable String group,
    @Nullable Sightings sightings,
    @Nullable Callbacks callbacks) {
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
    this(
        taskId,
        acceptedAt,
        typicalTime,
        expiresAfter,
        missesInARow,
        missingSince,
        0,
        null,
        null,
        null,
        null);
  }

  /** The first look at a task whose request is not at hand. */
  public static LookRequest first(SubmitOutcome.Accepted task, GenerationPlan plan) {
    return first(task, plan, Sightings.NONE, null);
  }

  /**
   * The first look at a task.
   *
   * @param sightings null where its beginning is not known
   * @param storedRequest null where the store has not the request that surely made it
   */
  static LookRequest first(
      SubmitOutcome.Accepted task,
      GenerationPlan plan,
      @Nullable Sightings sightings,
      @Nullable String storedRequest) {
    return new LookRequest(
        task.taskId(),
        task.acceptedAt(),
        plan.typicalTime(),
        plan.expiresAfter(),
        0,
        null,
        0,
        storedRequest,
        plan.group(),
        sightings,
        task.callbacks());
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
        name,
        group,
        sightings,
        callbacks);
  }

  /** The look after one that saw the task. */
  public LookRequest afterLook(Look.Going going) {
    int doubts = going.problem() == null ? 0 : doubtsInARow + 1;
    return next(0, null, doubts, sightings == null ? null : sightings.with(going));
  }

  /** The look after one that did not. */
  public LookRequest afterMiss(Look.NotSeen miss) {
    Instant missing =
        miss.noSuchTask() ? (missingSince == null ? miss.problem().at() : missingSince) : null;
    return next(missesInARow + 1, missing, doubtsInARow, sightings);
  }

  private LookRequest next(
      int misses, @Nullable Instant missing, int doubts, @Nullable Sightings seen) {
    return new LookRequest(
        taskId,
        acceptedAt,
        typicalTime,
        expiresAfter,
        misses,
        missing,
        doubts,
        storedRequest,
        group,
        seen,
        callbacks);
  }
}
