package seedance.activities.chain;

import io.temporal.activity.Activity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import seedance.activities.generation.Heartbeat;
import seedance.activities.generation.Manifest;
import seedance.activities.generation.StoredGeneration;
import seedance.activities.generation.UnreadableManifestException;
import seedance.activities.store.ArtifactStore;
import seedance.workflows.chain.FindGenerationActivity;
import seedance.workflows.chain.FindRequest;
import seedance.workflows.chain.FoundGeneration;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.Cost;
import seedance.workflows.generation.GenerationOutcome;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.Timings;
import seedance.workflows.request.SentBody;

/** Finds what an earlier generation made, if every file of it is there as it was stored. */
final class FindGeneration implements FindGenerationActivity {
  private final ArtifactStore store;

  FindGeneration(ArtifactStore store) {
    this.store = Objects.requireNonNull(store, "store");
  }

  @Override
  public FoundGeneration find(FindRequest request) {
    try (Heartbeat heartbeat = new Heartbeat(Activity.getExecutionContext())) {
      Optional<StoredGeneration> stored =
          request.chainRun() == null
              ? StoredGeneration.latest(store, request.workflowId())
              : StoredGeneration.madeUnder(store, request.workflowId());
      if (stored.isEmpty()) {
        return new FoundGeneration.Absent("the store has no finished generation of that id");
      }
      if (!isWanted(stored.get().manifest(), request)) {
        return new FoundGeneration.Different();
      }
      FoundGeneration found = found(stored.get(), heartbeat);
      if (request.takenOverAs() != null && found instanceof FoundGeneration.Stored there) {
        store.takeOver(request.takenOverAs(), there.workflowId());
      }
      return found;
    } catch (UnreadableManifestException e) {
      return new FoundGeneration.Absent(e.why());
    } catch (IOException e) {
      throw StoreFailure.of(e);
    }
  }

  private static boolean isWanted(Manifest made, FindRequest wanted) {
    boolean isOfTheChain =
        wanted.chainRun() != null
            && made.madeFor() != null
            && made.madeFor().startsWith(wanted.chainRun() + "/");
    return isOfTheChain || SentBody.makesAll(made.request(), wanted.request());
  }

  private static FoundGeneration found(StoredGeneration stored, Heartbeat heartbeat)
      throws IOException {
    Manifest manifest = stored.manifest();
    List<Artifact> artifacts = new ArrayList<>();
    for (Artifact made : manifest.artifacts()) {
      heartbeat.progress(artifacts.size());
      Optional<Artifact> there = stored.unchanged(made.kind());
      if (there.isEmpty()) {
        return new FoundGeneration.Absent(
            "its " + made.kind().fileName() + " is no longer in the store, or was changed");
      }
      artifacts.add(there.get());
    }
    return new FoundGeneration.Stored(
        stored.workflowId(),
        new GenerationResult(
            manifest.taskId(),
            model(manifest),
            manifest.outcome(),
            artifacts,
            stored.place().manifestLocation(),
            timings(manifest),
            Objects.requireNonNullElseGet(
                manifest.cost(), () -> new Cost(null, null, "its manifest has none"))));
  }

  /** As the request spelled it; an adopted task may have none. */
  private static String model(Manifest manifest) {
    return manifest
        .request()
        .text("model")
        .orElseGet(() -> Objects.requireNonNullElse(manifest.outcome().model(), "not known"));
  }

  /** The manifest does not tell how long the task was queued, so that counts as running. */
  private static Timings timings(Manifest manifest) {
    GenerationOutcome outcome = manifest.outcome();
    Instant noticedAt = Objects.requireNonNullElse(manifest.noticedAt(), manifest.storedAt());
    Instant finishedAt = Objects.requireNonNullElse(outcome.finishedAt(), noticedAt);
    Instant acceptedAt = Objects.requireNonNullElse(manifest.acceptedAt(), finishedAt);
    return new Timings(
        Duration.ZERO,
        between(acceptedAt, finishedAt),
        between(finishedAt, noticedAt),
        between(noticedAt, manifest.storedAt()));
  }

  /** The service's clock and the workers' need not agree. */
  private static Duration between(Instant from, Instant to) {
    return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
  }
}
