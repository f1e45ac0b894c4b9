package seedance.activities.store;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.TaskTraits;
import seedance.workflows.json.IsoTime.IsoInstant;
import seedance.workflows.json.WireForm;

/**
 * A submission that may have made a task of which no receipt exists yet.
 *
 * @param submissionId as in {@link seedance.workflows.generation.Submission#id()}
 * @param workflowId whose generation it is
 * @param openedAt just before it was sent, by the worker's clock
 * @param traits what its task would show
 * @param provenCallback whether the URL for callbacks that was given to the service, if any, holds
 *     a proof; null in the notes of versions that gave out none
 */
@WireForm
public record OpenSubmission(
    String submissionId,
    String workflowId,
    @IsoInstant Instant openedAt,
    TaskTraits traits,
    @Nullable Boolean provenCallback) {
  public OpenSubmission {
    Objects.requireNonNull(submissionId, "submissionId");
    Objects.requireNonNull(workflowId, "workflowId");
    Objects.requireNonNull(openedAt, "openedAt");
    Objects.requireNonNull(traits, "traits");
  }

  /** As this version submits it. */
  public OpenSubmission(
      String submissionId, String workflowId, Instant openedAt, TaskTraits traits) {
    this(submissionId, workflowId, openedAt, traits, true);
  }
}
