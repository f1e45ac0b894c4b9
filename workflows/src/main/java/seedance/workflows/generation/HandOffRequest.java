package seedance.workflows.generation;

import java.time.Instant;
import java.util.Objects;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.IsoTime.IsoInstant;
import seedance.workflows.request.WireForm;

/**
 * Whose files to store, and what the manifest beside them says.
 *
 * @param request the body, without inline media
 * @param outcome what the service reported of the task
 * @param cost what it cost; null where that is not known
 * @param attempt 1 for the first hand-off of this task, which decides how long to wait after a
 *     failure
 * @param missingSince since when the service has answered every hand-off with "no such task"; null
 *     where the last one failed otherwise, or there was none
 * @param madeFor the {@link VideoGenerationWorkflow#SUBMISSION_MEMO} of the parent; null where it
 *     gave none
 */
@WireForm
public record HandOffRequest(
    String taskId,
    AnyJson request,
    GenerationOutcome outcome,
    Cost cost,
    @IsoInstant Instant acceptedAt,
    @IsoInstant Instant noticedAt,
    int attempt,
    @IsoInstant Instant missingSince,
    String madeFor) {
  public HandOffRequest {
    Objects.requireNonNull(taskId, "taskId");
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(acceptedAt, "acceptedAt");
    Objects.requireNonNull(noticedAt, "noticedAt");
  }

  /** Without a parent, and where no hand-off before this one missed the task. */
  public HandOffRequest(
      String taskId,
      AnyJson request,
      GenerationOutcome outcome,
      Cost cost,
      Instant acceptedAt,
      Instant noticedAt,
      int attempt) {
    this(taskId, request, outcome, cost, acceptedAt, noticedAt, attempt, null, null);
  }
}
