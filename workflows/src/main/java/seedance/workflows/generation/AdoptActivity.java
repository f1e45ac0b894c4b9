package seedance.workflows.generation;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Takes over a task that something or someone else created, or found. */
@ActivityInterface
public interface AdoptActivity {

  /** Asks the service for the task, and claims it. */
  @ActivityMethod(name = "SeedanceAdopt")
  Adoption adopt(AdoptRequest request);
}
