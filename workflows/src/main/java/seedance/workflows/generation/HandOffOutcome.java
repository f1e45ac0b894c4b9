package seedance.workflows.generation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.IsoTime.IsoDuration;
import seedance.workflows.json.IsoTime.IsoInstant;
import seedance.workflows.json.WireForm;

/** What became of one hand-off. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = HandOffOutcome.Stored.class, name = "stored"),
  @JsonSubTypes.Type(value = HandOffOutcome.NotStored.class, name = "notStored"),
  @JsonSubTypes.Type(value = HandOffOutcome.Lost.class, name = "lost")
})
public sealed interface HandOffOutcome {

  /** Everything is in the store. */
  @WireForm
  record Stored(List<Artifact> artifacts, URI manifest, @IsoInstant Instant at)
      implements HandOffOutcome {
    public Stored {
      artifacts = List.copyOf(artifacts);
      Objects.requireNonNull(manifest, "manifest");
      Objects.requireNonNull(at, "at");
    }
  }

  /**
   * Not yet, for a reason that may pass: network, disk, file host.
   *
   * @param noSuchTask whether the reason is that the service answered that it knows no such task,
   *     or names no video of it, or that the video's URL is dead
   * @param retryIn when to try again
   */
  @WireForm
  record NotStored(Problem problem, boolean noSuchTask, @IsoDuration Duration retryIn)
      implements HandOffOutcome {
    /** For any other reason than a missing task. */
    public NotStored(Problem problem, Duration retryIn) {
      this(problem, false, retryIn);
    }

    /** Since when the task is missing, this outcome being one more; null where it is not. */
    @Nullable Instant missingSince(@Nullable Instant soFar) {
      return noSuchTask ? Objects.requireNonNullElse(soFar, problem.at()) : null;
    }

    public NotStored {
      Objects.requireNonNull(problem, "problem");
      Objects.requireNonNull(retryIn, "retryIn");
    }
  }

  /** Never: the service's record of the task is gone, or its video. */
  @WireForm
  record Lost(Problem problem) implements HandOffOutcome {
    public Lost {
      Objects.requireNonNull(problem, "problem");
    }
  }
}
