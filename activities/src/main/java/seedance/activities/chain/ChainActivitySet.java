package seedance.activities.chain;

import java.time.Clock;
import java.util.List;
import seedance.activities.store.ArtifactStore;
import seedance.workflows.request.ModelCatalogue;

/** The activities of a chain over their ports, ready to be registered on a worker. */
public final class ChainActivitySet {
  private ChainActivitySet() {}

  /** One implementation of each activity; {@code ffmpeg} is looked for on this process's PATH. */
  public static List<Object> of(ArtifactStore store, ModelCatalogue catalogue) {
    return List.of(
        new ValidateChain(catalogue, store),
        new FindGeneration(store),
        new JoinClips(store, System.getenv("PATH"), Clock.systemUTC()),
        new StoreChain(store));
  }
}
