package seedance.activities.provider;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.GenerationOutcome;
import seedance.workflows.generation.TaskId;

/**
 * A task as a list shows it.
 *
 * @param id any printable text: see {@link TaskId}
 * @param facts what the list tells, each null where it tells none: of a task that is not over,
 *     model and time of creation only
 * @param safetyIdentifier as the request had it, at most 64 printable characters; null where the
 *     list tells none, as of a task that is not over
 */
public record ListedTask(
    String id, TaskStatus status, GenerationOutcome facts, @Nullable String safetyIdentifier) {
  public ListedTask {
    TaskId.require(id);
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(facts, "facts");
  }

  /** Does not show the safety identifier, which stands for a person. */
  @Override
  public String toString() {
    return "ListedTask[id=%s, status=%s, facts=%s]".formatted(id, status.word(), facts);
  }
}
