package seedance.activities.provider;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import seedance.workflows.generation.ServiceError;
import seedance.workflows.generation.TaskId;

/**
 * What became of one create. Every {@code what} is a short clause in our own words, such as {@code
 * the service is busy (429 ServerOverloaded)}; it holds no text of the service, no URL, key or
 * prompt. What a {@link ServiceError} tells of the service's text holds none of these either.
 */
public sealed interface Creation {

  /**
   * The service made a task.
   *
   * @param taskId any printable text: see {@link TaskId}
   */
  record Created(String taskId) implements Creation {
    public Created {
      TaskId.require(taskId);
    }
  }

  /**
   * No task exists, surely: the request did not arrive whole, or the service said "not now".
   *
   * @param retryAfter what the service asked for, at most {@link RetryAfter#LONGEST}; empty where
   *     it did not ask
   */
  record NotCreated(String what, Optional<Duration> retryAfter) implements Creation {
    public NotCreated {
      Objects.requireNonNull(what, "what");
      Objects.requireNonNull(retryAfter, "retryAfter");
    }
  }

  /** The service refused for good; no task exists. */
  record Rejected(ServiceError error) implements Creation {
    public Rejected {
      Objects.requireNonNull(error, "error");
    }
  }

  /** The whole request may have arrived and no task id came back. */
  record Unknown(String what) implements Creation {
    public Unknown {
      Objects.requireNonNull(what, "what");
    }
  }
}
