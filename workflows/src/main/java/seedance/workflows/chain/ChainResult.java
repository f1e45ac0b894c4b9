package seedance.workflows.chain;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.net.URI;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.json.WireForm;

/**
 * The result of {@code VideoChain}.
 *
 * @param steps every step, in an order in which each comes after those it was made from
 * @param film joined from steps' clips by {@code options.join}; null where there is none
 * @param filmProblem why there is no film although one was asked for, or what it is without; null
 *     where there is nothing to say
 * @param cost of what this chain made and tried to make; zero where all was reused or skipped
 * @param manifest where the JSON is that says which clip came from which
 */
@WireForm
@JsonPropertyOrder({"film", "cost", "steps", "manifest", "filmProblem"})
public record ChainResult(
    List<Step> steps,
    @Nullable Artifact film,
    @Nullable String filmProblem,
    TotalCost cost,
    URI manifest) {
  public ChainResult {
    steps = List.copyOf(steps);
    Objects.requireNonNull(manifest, "manifest");
  }

  /**
   * Returns a step by its id.
   *
   * @throws NoSuchElementException if the chain has none of that id
   */
  public Step step(String id) {
    return steps.stream()
        .filter(step -> step.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("the chain has no step " + id));
  }

  /**
   * One step.
   *
   * @param state {@code done}, {@code reused} or {@code skipped}
   * @param workflowId the generation that made it; null where it was skipped
   * @param result null where it was skipped
   */
  @WireForm
  public record Step(
      String id, StepState state, @Nullable String workflowId, @Nullable GenerationResult result) {
    public Step {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(state, "state");
    }

    /**
     * The stored video.
     *
     * @throws NoSuchElementException if the step was skipped, and so has none
     */
    public Artifact video() {
      if (result == null) {
        throw new NoSuchElementException("step " + id + " was skipped");
      }
      return result.video();
    }
  }
}
