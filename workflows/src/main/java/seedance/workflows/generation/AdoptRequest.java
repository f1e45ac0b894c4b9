package seedance.workflows.generation;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.IsoTime.IsoDuration;
import seedance.workflows.json.WireForm;

/**
 * Which task to take over.
 *
 * @param taskId the service's id
 * @param submissionId the unknown submission that it is said to belong to: then a task that is
 *     another workflow's is refused; null for {@code options.adopt}, which may take over any task
 * @param typicalTime how long such a generation usually takes
 * @param attempt 1 for the first attempt
 * @param group as in {@link GenerationPlan#group()}
 */
@WireForm
public record AdoptRequest(
    String taskId,
    @Nullable String submissionId,
    @IsoDuration Duration typicalTime,
    int attempt,
    @Nullable String group) {
  /** Of a task of which no group is known. */
  public AdoptRequest(
      String taskId, @Nullable String submissionId, Duration typicalTime, int attempt) {
    this(taskId, submissionId, typicalTime, attempt, null);
  }

  public AdoptRequest {
    Objects.requireNonNull(taskId, "taskId");
    Objects.requireNonNull(typicalTime, "typicalTime");
  }
}
