package seedance.workflows.chain;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.Artifact;
import seedance.workflows.json.WireForm;

/**
 * A chain's lineage: which clip came from which, with hashes.
 *
 * @param workflowId the chain's
 * @param steps that are finished, each after those it was made from
 * @param film joined from steps' clips; null where none is
 * @param cost of what this chain made and tried to make; zero where all was reused or skipped
 */
@WireForm
public record ChainManifest(
    String workflowId, List<Link> steps, @Nullable Artifact film, TotalCost cost) {
  public ChainManifest {
    Objects.requireNonNull(workflowId, "workflowId");
    steps = List.copyOf(steps);
  }

  /**
   * One finished step.
   *
   * @param id the step's
   * @param workflowId the generation that made it: a child of this chain, or of an earlier one
   *     whose step was reused
   * @param taskId the service's
   * @param madeFrom every generation that its request refers to, as {@code
   *     generation://WORKFLOW-ID/OUTPUT}
   * @param artifacts with their hashes
   * @param manifest of the generation
   */
  @WireForm
  public record Link(
      String id,
      String workflowId,
      String taskId,
      List<String> madeFrom,
      List<Artifact> artifacts,
      URI manifest) {
    public Link {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(workflowId, "workflowId");
      Objects.requireNonNull(taskId, "taskId");
      madeFrom = List.copyOf(madeFrom);
      artifacts = List.copyOf(artifacts);
    }
  }
}
