package seedance.workflows.generation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.Objects;
import seedance.workflows.json.IsoTime.IsoDuration;
import seedance.workflows.json.WireForm;

/** What became of one attempt to take over a task. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "adoption")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Adoption.Adopted.class, name = "adopted"),
  @JsonSubTypes.Type(value = Adoption.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = Adoption.NotYet.class, name = "notYet")
})
public sealed interface Adoption {

  /** The service knows the task, and it is ours now. */
  @WireForm
  record Adopted(SubmitOutcome.Accepted task) implements Adoption {
    public Adopted {
      Objects.requireNonNull(task, "task");
    }
  }

  /** It cannot be: the service knows no such task, or it is of a submission of another workflow. */
  @WireForm
  record Refused(Problem problem) implements Adoption {
    public Refused {
      Objects.requireNonNull(problem, "problem");
    }
  }

  /**
   * The service or the store did not answer.
   *
   * @param retryIn when to ask again
   */
  @WireForm
  record NotYet(Problem problem, @IsoDuration Duration retryIn) implements Adoption {
    public NotYet {
      Objects.requireNonNull(problem, "problem");
      Objects.requireNonNull(retryIn, "retryIn");
    }
  }
}
