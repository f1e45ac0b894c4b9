package seedance.workflows.generation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.IsoTime.IsoDuration;
import seedance.workflows.json.IsoTime.IsoInstant;
import seedance.workflows.json.WireForm;

/** What became of one submission. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SubmitOutcome.Accepted.class, name = "accepted"),
  @JsonSubTypes.Type(value = SubmitOutcome.NotCreated.class, name = "notCreated"),
  @JsonSubTypes.Type(value = SubmitOutcome.Rejected.class, name = "rejected"),
  @JsonSubTypes.Type(value = SubmitOutcome.Unknown.class, name = "unknown")
})
public sealed interface SubmitOutcome {

  /**
   * The service made a task.
   *
   * @param acceptedAt when the reply was read, by the worker's clock
   * @param firstLookIn when there can be something to see
   * @param expectation when it is likely to be done; null in the answers of older workers
   * @param callbacks whether the service was asked to call back; null in the answers of older
   *     workers, after which a call ends no wait
   */
  @WireForm
  record Accepted(
      String taskId,
      @IsoInstant Instant acceptedAt,
      @IsoDuration Duration firstLookIn,
      @Nullable Expectation expectation,
      @Nullable Callbacks callbacks)
      implements SubmitOutcome {
    /** As older workers answer. */
    public Accepted(String taskId, Instant acceptedAt, Duration firstLookIn) {
      this(taskId, acceptedAt, firstLookIn, null, null);
    }

    public Accepted {
      Objects.requireNonNull(taskId, "taskId");
      Objects.requireNonNull(acceptedAt, "acceptedAt");
      Objects.requireNonNull(firstLookIn, "firstLookIn");
    }

    /** Returns the task to be looked at without a wait. */
    Accepted seenNow() {
      return new Accepted(taskId, acceptedAt, Duration.ZERO, expectation, callbacks);
    }
  }

  /**
   * No task exists, surely: the request never left, or the service said "not now". Sending it again
   * later cannot bill twice.
   *
   * @param retryIn when to send it again: what the service asked for, else growing with each
   *     attempt
   */
  @WireForm
  record NotCreated(Problem problem, @IsoDuration Duration retryIn) implements SubmitOutcome {
    public NotCreated {
      Objects.requireNonNull(problem, "problem");
      Objects.requireNonNull(retryIn, "retryIn");
    }
  }

  /** The service refused the request for good; no task exists. */
  @WireForm
  record Rejected(ServiceError error) implements SubmitOutcome {
    public Rejected {
      Objects.requireNonNull(error, "error");
    }
  }

  /** The request may have arrived and no task id came back: a task may exist and be charged. */
  @WireForm
  record Unknown(Problem problem) implements SubmitOutcome {
    public Unknown {
      Objects.requireNonNull(problem, "problem");
    }
  }
}
