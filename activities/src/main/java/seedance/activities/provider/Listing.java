package seedance.activities.provider;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of asking for a list. Every {@code what} is in our own words, as in {@link Creation}.
 */
public sealed interface Listing {

  /**
   * Every task of the time that was asked for which the service's list has. The list may lag behind
   * a create, so that a task is not in it proves nothing by itself.
   *
   * @param tasks in no order
   */
  record Listed(List<ListedTask> tasks) implements Listing {
    public Listed {
      tasks = List.copyOf(tasks);
    }
  }

  /** The dialect knows no list; nothing was asked. */
  record Unsupported() implements Listing {}

  /**
   * The list could not be read to its end, which says nothing about any task.
   *
   * @param retryAfter what the service asked for, at most {@link RetryAfter#LONGEST}; empty where
   *     it did not ask
   */
  record NotListed(String what, Optional<Duration> retryAfter) implements Listing {
    public NotListed {
      Objects.requireNonNull(what, "what");
      Objects.requireNonNull(retryAfter, "retryAfter");
    }
  }
}
