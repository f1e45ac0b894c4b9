package seedance.client;

import java.util.Objects;

/**
 * A decision was sent, and no worker has answered it in time, though one had answered a question
 * right before, or the answer was lost on its way, or the server did not tell the outcome of one
 * that a worker had accepted, or its run ended meanwhile or was reset. The server keeps it, so the
 * next worker, or the next run, may carry it out: look where the generation or chain stands before
 * deciding otherwise.
 */
public final class DecisionUnansweredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String workflowId;

  DecisionUnansweredException(String workflowId, Throwable cause) {
    super(
        "no worker has answered yet for "
            + workflowId
            + ": the decision was sent, and the next worker may carry it out",
        cause);
    this.workflowId = Objects.requireNonNull(workflowId, "workflowId");
  }

  /** Which generation or chain. */
  public String workflowId() {
    return workflowId;
  }
}
