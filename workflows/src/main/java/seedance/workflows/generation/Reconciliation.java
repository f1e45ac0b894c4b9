package seedance.workflows.generation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.IsoTime.IsoDuration;
import seedance.workflows.json.WireForm;

/** What one look for the task of an unknown submission found. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reconciliation")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Reconciliation.Found.class, name = "found"),
  @JsonSubTypes.Type(value = Reconciliation.NotYet.class, name = "notYet"),
  @JsonSubTypes.Type(value = Reconciliation.NotFound.class, name = "notFound"),
  @JsonSubTypes.Type(value = Reconciliation.CannotTell.class, name = "cannotTell")
})
public sealed interface Reconciliation {

  /**
   * The submission's task is known, and claimed for it; or that of another which was made for it.
   *
   * @param madeBy the id of that other submission; null where it is the one that was looked for, or
   *     was given up for it
   */
  @WireForm
  record Found(SubmitOutcome.Accepted task, @Nullable String madeBy) implements Reconciliation {
    /** The task of the submission that was looked for. */
    public Found(SubmitOutcome.Accepted task) {
      this(task, null);
    }

    public Found {
      Objects.requireNonNull(task, "task");
    }
  }

  /**
   * Not seen so far, which proves nothing: the list may lag.
   *
   * @param nextLookIn when to look again
   */
  @WireForm
  record NotYet(Problem problem, @IsoDuration Duration nextLookIn) implements Reconciliation {
    public NotYet {
      Objects.requireNonNull(problem, "problem");
      Objects.requireNonNull(nextLookIn, "nextLookIn");
    }
  }

  /**
   * The service's list was read whole, again and again over minutes, and shows no such task.
   *
   * @param nextLookIn when to look again, while someone decides
   */
  @WireForm
  record NotFound(Problem problem, @IsoDuration Duration nextLookIn) implements Reconciliation {
    public NotFound {
      Objects.requireNonNull(problem, "problem");
      Objects.requireNonNull(nextLookIn, "nextLookIn");
    }
  }

  /**
   * Nothing that can be asked tells: the dialect cannot list, the list was never readable, or
   * several tasks fit.
   *
   * @param candidates ids of the tasks that fit; empty where none is known
   * @param nextLookIn when to look again, while someone decides
   */
  @WireForm
  record CannotTell(Problem problem, List<String> candidates, @IsoDuration Duration nextLookIn)
      implements Reconciliation {
    public CannotTell {
      Objects.requireNonNull(nextLookIn, "nextLookIn");
      Objects.requireNonNull(problem, "problem");
      candidates = candidates == null ? List.of() : List.copyOf(candidates);
    }
  }
}
