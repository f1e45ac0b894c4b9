package seedance.workflows.generation;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import seedance.workflows.json.WireForm;

/**
 * The result of {@code VideoGeneration}. In JSON the clip and its cost come first, as the Temporal
 * UI shows the beginning only.
 *
 * @param taskId the service's id of the task
 * @param model the model as the request spelled it
 * @param outcome what the service reports of the finished task
 * @param artifacts the stored files, the video first; never empty
 * @param manifest where the JSON is that describes them
 * @param cost what it cost, by usage and the price table
 */
@WireForm
@JsonPropertyOrder({"artifacts", "cost", "taskId", "model", "timings", "manifest", "outcome"})
public record GenerationResult(
    String taskId,
    String model,
    GenerationOutcome outcome,
    List<Artifact> artifacts,
    URI manifest,
    Timings timings,
    Cost cost) {
  public GenerationResult {
    Objects.requireNonNull(taskId, "taskId");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(outcome, "outcome");
    artifacts = List.copyOf(artifacts);
    if (artifacts.isEmpty()) {
      throw new IllegalArgumentException("a result has its clip");
    }
    Objects.requireNonNull(manifest, "manifest");
    Objects.requireNonNull(timings, "timings");
    Objects.requireNonNull(cost, "cost");
  }

  /** The stored video. */
  public Artifact video() {
    return artifacts.get(0);
  }

  /** The picture that it ends with; empty where the request did not ask for it. */
  public Optional<Artifact> lastFrame() {
    return artifacts.stream().filter(file -> file.kind() == Artifact.Kind.LAST_FRAME).findFirst();
  }
}
