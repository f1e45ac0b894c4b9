package seedance.workflows.chain;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Objects;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.json.WireForm;

/** What the store has of an earlier generation. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "found")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FoundGeneration.Stored.class, name = "stored"),
  @JsonSubTypes.Type(value = FoundGeneration.Different.class, name = "different"),
  @JsonSubTypes.Type(value = FoundGeneration.Absent.class, name = "absent")
})
public sealed interface FoundGeneration {

  /**
   * Everything is there.
   *
   * @param workflowId the generation that made it, which is another than was asked for where that
   *     was reused
   */
  @WireForm
  record Stored(String workflowId, GenerationResult result) implements FoundGeneration {
    public Stored {
      Objects.requireNonNull(workflowId, "workflowId");
      Objects.requireNonNull(result, "result");
    }
  }

  /** It is there, and was made from another request. */
  @WireForm
  record Different() implements FoundGeneration {}

  /**
   * It is not there.
   *
   * @param why a clause for people
   */
  @WireForm
  record Absent(String why) implements FoundGeneration {
    public Absent {
      Objects.requireNonNull(why, "why");
    }
  }
}
