package seedance.workflows.generation;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Cancels a task at the service, if that is still possible: the service cancels queued tasks only,
 * and its delete of a finished one would destroy the result.
 */
@ActivityInterface
public interface CancelActivity {

  /** Looks, deletes a task that is queued, and looks again to confirm it. */
  @ActivityMethod(name = "SeedanceCancel")
  CancelOutcome cancel(CancelRequest request);
}
