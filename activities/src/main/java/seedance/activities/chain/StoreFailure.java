package seedance.activities.chain;

import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import seedance.activities.generation.StoreTrouble;

/** That the store does not work now, as a failure that Temporal tries again. */
final class StoreFailure {
  private static final String TYPE = "StoreUnavailable";

  private StoreFailure() {}

  /** Without its cause, whose message may hold a path. */
  static ApplicationFailure of(IOException e) {
    return ApplicationFailure.newFailure(StoreTrouble.inWords(e), TYPE);
  }
}
