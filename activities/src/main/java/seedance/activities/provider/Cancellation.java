package seedance.activities.provider;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What became of one cancel. Every {@code what} is in our own words, as in {@link Creation}. */
public sealed interface Cancellation {

  /** The service did it; a look tells what the task is now. */
  record Done() implements Cancellation {}

  /**
   * The service refused (409): the task runs, and goes on. Should it be over for another reason, a
   * look tells.
   */
  record Running(String what) implements Cancellation {
    public Running {
      Objects.requireNonNull(what, "what");
    }
  }

  /** The service answered that it knows no such task. */
  record NoSuchTask(String what) implements Cancellation {
    public NoSuchTask {
      Objects.requireNonNull(what, "what");
    }
  }

  /** The dialect knows no cancel; nothing was asked. */
  record Unsupported() implements Cancellation {}

  /**
   * Nothing readable came back, or the service did not do it now. The task may be cancelled or not:
   * a look tells.
   *
   * @param retryAfter what the service asked for, at most {@link RetryAfter#LONGEST}; empty where
   *     it did not ask
   */
  record NotKnown(String what, Optional<Duration> retryAfter) implements Cancellation {
    public NotKnown {
      Objects.requireNonNull(what, "what");
      Objects.requireNonNull(retryAfter, "retryAfter");
    }
  }
}
