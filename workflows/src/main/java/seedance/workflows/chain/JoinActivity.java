package seedance.workflows.chain;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Joins the clips of several steps to one film in the store, with the worker's {@code ffmpeg}. */
@ActivityInterface
public interface JoinActivity {

  /** Joins without decoding where the clips allow that. The same request gives the same film. */
  @ActivityMethod(name = "SeedanceJoin")
  JoinOutcome join(JoinRequest request);
}
