package seedance.workflows.generation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.Objects;
import seedance.workflows.json.IsoTime.IsoDuration;
import seedance.workflows.json.WireForm;

/** What became of one attempt to cancel a task at the service. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "cancellation")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CancelOutcome.Cancelled.class, name = "cancelled"),
  @JsonSubTypes.Type(value = CancelOutcome.TooLate.class, name = "tooLate"),
  @JsonSubTypes.Type(value = CancelOutcome.Over.class, name = "over"),
  @JsonSubTypes.Type(value = CancelOutcome.NotYet.class, name = "notYet")
})
public sealed interface CancelOutcome {

  /** The service says that the task is cancelled; it is not charged. */
  @WireForm
  record Cancelled() implements CancelOutcome {}

  /** The task goes on and is charged if it succeeds: it runs, or the dialect cannot cancel. */
  @WireForm
  record TooLate(Problem problem) implements CancelOutcome {
    public TooLate {
      Objects.requireNonNull(problem, "problem");
    }
  }

  /** The service had given its verdict before; a look tells which. Nothing was deleted. */
  @WireForm
  record Over() implements CancelOutcome {}

  /**
   * The service did not answer, or not clearly.
   *
   * @param retryIn when to ask again
   */
  @WireForm
  record NotYet(Problem problem, @IsoDuration Duration retryIn) implements CancelOutcome {
    public NotYet {
      Objects.requireNonNull(problem, "problem");
      Objects.requireNonNull(retryIn, "retryIn");
    }
  }
}
