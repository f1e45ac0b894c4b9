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

/** What one look at a task saw. Never holds a result URL: those are signed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "saw")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Look.Going.class, name = "going"),
  @JsonSubTypes.Type(value = Look.NotSeen.class, name = "notSeen"),
  @JsonSubTypes.Type(value = Look.Succeeded.class, name = "succeeded"),
  @JsonSubTypes.Type(value = Look.Failed.class, name = "failed")
})
public sealed interface Look {

  /**
   * The task is neither done nor given up.
   *
   * @param status {@code queued}, {@code running}, or a word that this version does not know
   * @param nextLookIn when to look again
   * @param problem why the task may be over all the same, which is told from the second such look
   *     on: the service may just be slow to name a video; null where nothing speaks for it, and in
   *     the answers of older workers
   * @param expectation when it is likely to be done; null in the answers of older workers
   */
  @WireForm
  record Going(
      String status,
      @IsoInstant Instant at,
      @IsoDuration Duration nextLookIn,
      @Nullable Problem problem,
      @Nullable Expectation expectation)
      implements Look {
    /** A task that is plainly under way, as older workers answer. */
    public Going(String status, Instant at, Duration nextLookIn) {
      this(status, at, nextLookIn, null, null);
    }

    /** Whether it does not run yet. */
    boolean isQueued() {
      return status.equals("queued");
    }

    public Going {
      Objects.requireNonNull(status, "status");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(nextLookIn, "nextLookIn");
    }
  }

  /**
   * The look itself failed, which says nothing about the task.
   *
   * @param noSuchTask whether the service answered that it knows no such task
   * @param nextLookIn when to look again
   */
  @WireForm
  record NotSeen(Problem problem, boolean noSuchTask, @IsoDuration Duration nextLookIn)
      implements Look {
    public NotSeen {
      Objects.requireNonNull(problem, "problem");
      Objects.requireNonNull(nextLookIn, "nextLookIn");
    }
  }

  /** The service's verdict: the video is there. */
  @WireForm
  record Succeeded(GenerationOutcome outcome, @IsoInstant Instant at) implements Look {
    public Succeeded {
      Objects.requireNonNull(outcome, "outcome");
      Objects.requireNonNull(at, "at");
    }
  }

  /** The service's verdict: no video; or its record of the task is gone. */
  @WireForm
  record Failed(ServiceError error, @IsoInstant Instant at) implements Look {
    public Failed {
      Objects.requireNonNull(error, "error");
      Objects.requireNonNull(at, "at");
    }
  }
}
