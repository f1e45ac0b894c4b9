package seedance.activities.generation;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import seedance.activities.store.ArtifactStore;
import seedance.workflows.json.Json;

/** The requests that {@link ValidateAndKeep} put into the store. */
final class KeptRequests {
  private final ArtifactStore store;

  KeptRequests(ArtifactStore store) {
    this.store = Objects.requireNonNull(store, "store");
  }

  /**
   * A request as it was given, without inline media.
   *
   * @param workflowId of its generation
   * @param name as in {@link seedance.workflows.generation.Validation.Valid}
   * @return empty where the store has lost it
   * @throws IOException when the store cannot be read
   */
  Optional<Json> find(String workflowId, String name) throws IOException {
    return store.request(workflowId, name).flatMap(Json::readBack).filter(json -> !json.isNull());
  }
}
