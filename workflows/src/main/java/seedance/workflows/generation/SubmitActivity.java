package seedance.workflows.generation;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Creates the task. <b>One attempt, always</b>: the service has no idempotency key, so a second
 * attempt can be a second bill. {@link GenerationActivities#submit} gives a stub that keeps to it.
 */
@ActivityInterface
public interface SubmitActivity {

  /**
   * Sends the request once and says what became of it. Where there is a receipt for its id, the
   * task is that of the receipt and nothing is sent; where it was sent before and nothing is known
   * of it, the outcome is unknown and nothing is sent.
   */
  @ActivityMethod(name = "SeedanceSubmit")
  SubmitOutcome submit(Submission submission);
}
