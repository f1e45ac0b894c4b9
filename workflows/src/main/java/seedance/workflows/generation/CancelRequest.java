package seedance.workflows.generation;

import java.util.Objects;
import seedance.workflows.json.WireForm;

/**
 * Which task to cancel.
 *
 * @param attempt 1 for the first attempt
 */
@WireForm
public record CancelRequest(String taskId, int attempt) {
  public CancelRequest {
    Objects.requireNonNull(taskId, "taskId");
  }
}
