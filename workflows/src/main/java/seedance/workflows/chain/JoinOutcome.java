package seedance.workflows.chain;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Objects;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.Problem;
import seedance.workflows.json.WireForm;

/** What became of a film. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = JoinOutcome.Joined.class, name = "joined"),
  @JsonSubTypes.Type(value = JoinOutcome.NotJoined.class, name = "notJoined")
})
public sealed interface JoinOutcome {

  /**
   * The film is stored.
   *
   * @param copied whether the clips' streams were copied; else they were encoded anew
   */
  @WireForm
  record Joined(Artifact film, boolean copied) implements JoinOutcome {
    public Joined {
      Objects.requireNonNull(film, "film");
    }
  }

  /** There is no film: the worker has no {@code ffmpeg}, or it failed. The clips are unharmed. */
  @WireForm
  record NotJoined(Problem problem) implements JoinOutcome {
    public NotJoined {
      Objects.requireNonNull(problem, "problem");
    }
  }
}
