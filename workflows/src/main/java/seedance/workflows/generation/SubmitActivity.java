package seedance.workflows.generation;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Creates the task. <b>One attempt, always</b>: the service has no idempotency key, so a second
 * attempt can be a second bill. {@link GenerationActivities#submit} gives a stub that keeps to it.
 */
@ActivityInterface
public interface SubmitActivity {

  /** Sends the request once and says what became of it. */
  @ActivityMethod(name = "SeedanceSubmit")
  SubmitOutcome submit(Submission submission);
}
