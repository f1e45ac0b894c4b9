package seedance.activities.generation;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import seedance.activities.provider.Sighting;

/** The files cannot be had right now. */
final class NotYet extends IOException {
  private static final long serialVersionUID = 1;
  private final boolean noSuchTask;
  private final transient Optional<Duration> retryAfter;

  NotYet(String what) {
    this(what, false, Optional.empty());
  }

  NotYet(String what, Optional<Duration> retryAfter) {
    this(what, false, retryAfter);
  }

  private NotYet(String what, boolean noSuchTask, Optional<Duration> retryAfter) {
    super(what);
    this.noSuchTask = noSuchTask;
    this.retryAfter = retryAfter;
  }

  static NotYet missing(Sighting.NoSuchTask sighting) {
    return new NotYet(sighting.what(), true, Optional.empty());
  }

  /** Whether the reason is that the service answered that it knows no such task. */
  boolean noSuchTask() {
    return noSuchTask;
  }

  /** What the service or the file host asked for; empty where neither asked. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
