package seedance.workflows.generation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.IsoTime.IsoInstant;
import seedance.workflows.json.Json;
import seedance.workflows.json.WireForm;

/**
 * Whose files to store, and what the manifest beside them says.
 *
 * @param request the body, without inline media, or in short; null where {@code storedRequest}
 *     names it, and where there is none, as a task was adopted
 * @param storedRequest as in {@link Validation.Valid}; null where the body itself is given
 * @param model as in {@link GenerationPlan#model()}; null in requests of the first version
 * @param resolution as in {@link GenerationPlan#resolution()}
 * @param seconds as in {@link GenerationPlan#seconds()}
 * @param outcome what the service reported of the task
 * @param cost what it cost; null where that is not known
 * @param attempt 1 for the first hand-off of this task, which decides how long to wait after a
 *     failure
 * @param missingSince since when every hand-off was answered with "no such task", or found no video
 *     of it; null where the last one failed otherwise, or there was none
 * @param madeFor the {@link VideoGenerationWorkflow#SUBMISSION_MEMO} of the parent; null where it
 *     gave none
 * @param group as in {@link GenerationPlan#group()}
 * @param sightings what the looks saw of the task's way; null where its beginning is not known
 */
@WireForm
public record HandOffRequest(
    String taskId,
    @Nullable Json request,
    @Nullable String storedRequest,
    @Nullable String model,
    @Nullable String resolution,
    @Nullable Integer seconds,
    GenerationOutcome outcome,
    @Nullable Cost cost,
    @IsoInstant Instant acceptedAt,
    @IsoInstant Instant noticedAt,
    int attempt,
    @IsoInstant @Nullable Instant missingSince,
    @Nullable String madeFor,
    @Nullable String group,
    @Nullable Sightings sightings) {
  public HandOffRequest {
    Objects.requireNonNull(taskId, "taskId");
    request = request == null || request.isNull() ? null : request;
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(acceptedAt, "acceptedAt");
    Objects.requireNonNull(noticedAt, "noticedAt");
  }

  /** With its body, without a parent, and where no hand-off before this one missed the task. */
  public HandOffRequest(
      String taskId,
      @Nullable Json request,
      GenerationOutcome outcome,
      @Nullable Cost cost,
      Instant acceptedAt,
      Instant noticedAt,
      int attempt) {
    this(taskId, request, outcome, cost, acceptedAt, noticedAt, attempt, null, null);
  }

  /** With its body. */
  public HandOffRequest(
      String taskId,
      @Nullable Json request,
      GenerationOutcome outcome,
      @Nullable Cost cost,
      Instant acceptedAt,
      Instant noticedAt,
      int attempt,
      @Nullable Instant missingSince,
      @Nullable String madeFor) {
    this(
        taskId,
        request,
        null,
        null,
        null,
        null,
        outcome,
        cost,
        acceptedAt,
        noticedAt,
        attempt,
        missingSince,
        madeFor,
        null,
        null);
  }

  /** What is known of the request without its body: the model, and what else was checked. */
  public Json requestInShort() {
    Map<String, @Nullable Object> known = new LinkedHashMap<>();
    known.put("model", model);
    known.put("resolution", resolution);
    known.put("duration", seconds);
    known.values().removeIf(Objects::isNull);
    return new Json(known);
  }

  /** The same with the request in short, where it is carried at all. */
  HandOffRequest inShort() {
    return new HandOffRequest(
        taskId,
        request == null ? null : requestInShort(),
        storedRequest,
        model,
        resolution,
        seconds,
        outcome,
        cost,
        acceptedAt,
        noticedAt,
        attempt,
        missingSince,
        madeFor,
        group,
        sightings);
  }
}
