package seedance.workflows.generation;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Looks at a task: asks the service for its status. Looking costs nothing and may be repeated. */
@ActivityInterface
public interface LookActivity {

  /**
   * Asks once. A look that fails is an answer too ({@link Look.NotSeen}), as only the service's
   * verdict ends a generation.
   */
  @ActivityMethod(name = "SeedanceLook")
  Look look(LookRequest request);
}
