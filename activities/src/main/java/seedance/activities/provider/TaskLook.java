package seedance.activities.provider;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What one look saw. Every {@code what} is in our own words, as in {@link Creation}. */
public sealed interface TaskLook {

  /** The task, as the service describes it. */
  record Seen(Task task) implements TaskLook {
    public Seen {
      Objects.requireNonNull(task, "task");
    }
  }

  /** The service answered that it knows no such task. Just after a create that may be too early. */
  record NoSuchTask(String what) implements TaskLook {
    public NoSuchTask {
      Objects.requireNonNull(what, "what");
    }
  }

  /**
   * The look itself failed, which says nothing about the task.
   *
   * @param retryAfter what the service asked for, at most {@link RetryAfter#LONGEST}; empty where
   *     it did not ask
   * @param isOneTooMany whether the service says that it is asked too often
   */
  record NotSeen(String what, Optional<Duration> retryAfter, boolean isOneTooMany)
      implements TaskLook {
    /** For any other reason than too many. */
    public NotSeen(String what, Optional<Duration> retryAfter) {
      this(what, retryAfter, false);
    }

    public NotSeen {
      Objects.requireNonNull(what, "what");
      Objects.requireNonNull(retryAfter, "retryAfter");
    }
  }
}
