package seedance.activities.generation;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import seedance.activities.store.ArtifactStore;
import seedance.activities.store.StorePlace;
import seedance.workflows.generation.Artifact;

/**
 * A finished generation, as it is in the store.
 *
 * @param workflowId under which it was made
 */
public record StoredGeneration(String workflowId, Manifest manifest, StorePlace place) {
  public StoredGeneration {
    Objects.requireNonNull(workflowId, "workflowId");
    Objects.requireNonNull(manifest, "manifest");
    Objects.requireNonNull(place, "place");
  }

  /**
   * Finds the generation that was finished last under a workflow id, or else the one that it took
   * over.
   *
   * @return empty where none was finished under it
   * @throws IOException when the store does not work, or the manifest in it is not readable
   */
  public static Optional<StoredGeneration> latest(ArtifactStore store, String workflowId)
      throws IOException {
    Optional<StoredGeneration> own = madeUnder(store, workflowId);
    Optional<String> original = own.isPresent() ? Optional.empty() : store.original(workflowId);
    return original.isPresent() ? madeUnder(store, original.get()) : own;
  }

  /**
   * Finds the generation that was finished last under a workflow id itself.
   *
   * @return empty where none was finished under it
   * @throws IOException when the store does not work, or the manifest in it is not readable
   */
  public static Optional<StoredGeneration> madeUnder(ArtifactStore store, String workflowId)
      throws IOException {
    Optional<StorePlace> place = store.latest(workflowId);
    Optional<byte[]> json = place.isEmpty() ? Optional.empty() : place.get().manifest();
    return json.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StoredGeneration(workflowId, ManifestReading.read(json.get()), place.get()));
  }

  /** Whether a file of a kind was made. */
  boolean has(Artifact.Kind kind) {
    return manifest.artifacts().stream().anyMatch(artifact -> artifact.kind() == kind);
  }

  /**
   * The file of a kind; empty where the generation has none, or it is gone or was changed since.
   *
   * @throws IOException when the store cannot be read
   */
  public Optional<Artifact> unchanged(Artifact.Kind kind) throws IOException {
    return asItWasMade(kind, place.find(kind));
  }

  /**
   * As {@link #unchanged}, and by its own form whole, for what parses it.
   *
   * @throws IOException when the store cannot be read
   */
  public Optional<Artifact> whole(Artifact.Kind kind) throws IOException {
    return asItWasMade(kind, place.findWhole(kind));
  }

  private Optional<Artifact> asItWasMade(Artifact.Kind kind, Optional<Artifact> found) {
    return manifest.artifacts().stream()
        .filter(artifact -> artifact.kind() == kind)
        .findFirst()
        .flatMap(made -> found.filter(there -> there.sha256().equals(made.sha256())));
  }
}
