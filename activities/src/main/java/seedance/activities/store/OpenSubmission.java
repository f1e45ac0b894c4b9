package seedance.activities.store;

import java.time.Instant;
import java.util.Objects;
import seedance.workflows.generation.TaskTraits;
import seedance.workflows.request.IsoTime.IsoInstant;
import seedance.workflows.request.WireForm;

/**
 * A submission that may have made a task of which no receipt exists yet.
 *
 * @param submissionId as in {@link seedance.workflows.generation.Submission#id()}
 * @param workflowId whose generation it is
 * @param openedAt just before it was sent, by the worker's clock
 * @param traits what its task would show
 */
@WireForm
public record OpenSubmission(
    String submissionId, String workflowId, @IsoInstant Instant openedAt, TaskTraits traits) {
  public OpenSubmission {
    Objects.requireNonNull(submissionId, "submissionId");
    Objects.requireNonNull(workflowId, "workflowId");
    Objects.requireNonNull(openedAt, "openedAt");
    Objects.requireNonNull(traits, "traits");
  }
}
