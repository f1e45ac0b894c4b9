package seedance.activities.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.temporal.activity.Activity;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import seedance.activities.store.ArtifactStore;
import seedance.workflows.chain.ChainManifest;
import seedance.workflows.chain.StoreChainActivity;

/** Writes a chain's manifest beside its film. */
final class StoreChain implements StoreChainActivity {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final ArtifactStore store;

  StoreChain(ArtifactStore store) {
    this.store = Objects.requireNonNull(store, "store");
  }

  @Override
  public URI store(ChainManifest manifest) {
    String workflowId = Activity.getExecutionContext().getInfo().getWorkflowId();
    try {
      return store.chainPlace(workflowId).saveManifest(json(manifest));
    } catch (IOException e) {
      throw StoreFailure.of(e);
    }
  }

  private static byte[] json(ChainManifest manifest) {
    try {
      return JSON.writeValueAsBytes(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest is always JSON", e);
    }
  }
}
