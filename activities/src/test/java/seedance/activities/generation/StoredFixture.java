package seedance.activities.generation;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import seedance.activities.store.ArtifactStore;
import seedance.activities.store.Saved;
import seedance.activities.store.StorePlace;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.Cost;
import seedance.workflows.json.Json;

/** Finished generations in a store, as a hand-off leaves them. */
public final class StoredFixture {
  /** The request of those whose request does not matter. */
  public static final Json REQUEST = new Json(Map.of("model", "doubao-seedance-2-0", "seed", 7));

  /** Of the chain that they were made for. */
  public static final String CHAIN_RUN = "run-1";

  public static final Instant ACCEPTED = Instant.parse("2026-11-22T18:00:00Z");

  private StoredFixture() {}

  /** Stores a generation with a video, and with a last frame unless that is empty. */
  public static StorePlace store(
      ArtifactStore store, String workflowId, String taskId, byte[] video, byte[] lastFrame)
      throws IOException {
    return store(store, workflowId, taskId, video, lastFrame, REQUEST);
  }

  /** Stores a generation that was made from a request. */
  public static StorePlace store(
      ArtifactStore store,
      String workflowId,
      String taskId,
      byte[] video,
      byte[] lastFrame,
      Json request)
      throws IOException {
    StorePlace place = store.place(workflowId, taskId);
    List<Artifact> artifacts =
        new ArrayList<>(List.of(Saved.in(place, Artifact.Kind.VIDEO, video)));
    if (lastFrame.length > 0) {
      artifacts.add(Saved.in(place, Artifact.Kind.LAST_FRAME, lastFrame));
    }
    place.saveManifest(
        new Manifest(
                workflowId,
                "run-1",
                taskId,
                request,
                ScriptedProvider.OUTCOME,
                artifacts,
                new Cost(new BigDecimal("5.0094"), "CNY", "by the list"),
                ACCEPTED,
                ACCEPTED.plusSeconds(115),
                ACCEPTED.plusSeconds(117),
                CHAIN_RUN + "/opening",
                Map.of("seedance", "0.1.0"))
            .toJson());
    return place;
  }
}
