package seedance.workflows.chain;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Finds what an earlier generation made in the store, so that it is not made again. */
@ActivityInterface
public interface FindGenerationActivity {

  /**
   * Reads the manifest of a generation, and makes sure that its files are there.
   *
   * @throws io.temporal.failure.ApplicationFailure of type {@code StoreUnavailable}, to be retried:
   *     in the activity, so that an outage of hours does not fill the history
   */
  @ActivityMethod(name = "SeedanceFind")
  FoundGeneration find(FindRequest request);
}
