package seedance.activities.chain;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.temporal.activity.Activity;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import seedance.activities.generation.StoredGeneration;
import seedance.activities.generation.UnreadableManifestException;
import seedance.activities.store.ArtifactStore;
import seedance.workflows.chain.ChainManifest;
import seedance.workflows.chain.StoreChainActivity;
import seedance.workflows.generation.Artifact;
import seedance.workflows.request.GenerationReference;

/** Writes a chain's manifest beside its film. */
final class StoreChain implements StoreChainActivity {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final ArtifactStore store;

  StoreChain(ArtifactStore store) {
    this.store = Objects.requireNonNull(store, "store");
  }

  /**
   * The file: the lineage, and what its steps were made from beside one another.
   *
   * @param sources generations that no step of the chain stands for
   */
  record Written(@JsonUnwrapped ChainManifest chain, List<Source> sources) {}

  /** A generation as the store has it. */
  record Source(String workflowId, String taskId, List<Artifact> artifacts) {}

  @Override
  public URI store(ChainManifest manifest) {
    String workflowId = Activity.getExecutionContext().getInfo().getWorkflowId();
    try {
      return store
          .chainPlace(workflowId)
          .saveManifest(json(new Written(manifest, sources(manifest))));
    } catch (IOException e) {
      throw StoreFailure.of(e);
    }
  }

  private List<Source> sources(ChainManifest manifest) throws IOException {
    Set<String> own =
        manifest.steps().stream().map(ChainManifest.Link::workflowId).collect(Collectors.toSet());
    List<String> others =
        manifest.steps().stream()
            .flatMap(step -> step.madeFrom().stream())
            .flatMap(url -> GenerationReference.of(url).stream())
            .map(GenerationReference::workflowId)
            .filter(source -> !own.contains(source))
            .distinct()
            .toList();
    List<Source> sources = new ArrayList<>();
    for (String other : others) {
      source(other).ifPresent(sources::add);
    }
    return sources;
  }

  /** Empty where it is gone meanwhile, which does not make the chain's clips worse. */
  private Optional<Source> source(String workflowId) throws IOException {
    try {
      return StoredGeneration.latest(store, workflowId)
          .map(StoredGeneration::manifest)
          .map(made -> new Source(workflowId, made.taskId(), made.artifacts()));
    } catch (UnreadableManifestException e) {
      return Optional.empty();
    }
  }

  private static byte[] json(Written manifest) {
    try {
      return JSON.writeValueAsBytes(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest is always JSON", e);
    }
  }
}
