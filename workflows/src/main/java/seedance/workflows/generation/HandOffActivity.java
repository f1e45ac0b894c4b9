package seedance.workflows.generation;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Stores a finished task's files in the operator's store, before the service deletes them. A second
 * run finds what the first one finished and does not download it again.
 */
@ActivityInterface
public interface HandOffActivity {

  /** Downloads, hashes and stores; a failure that may pass is an answer, not an exception. */
  @ActivityMethod(name = "SeedanceHandOff")
  HandOffOutcome handOff(HandOffRequest request);
}
