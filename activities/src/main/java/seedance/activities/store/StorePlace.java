package seedance.activities.store;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import seedance.workflows.generation.Artifact;

/** One task's files in the store. A file is there whole or not at all. */
public interface StorePlace {

  /** Where the place is. */
  URI location();

  /**
   * The finished file of a kind, with its hash as it is on disk now.
   *
   * @throws IOException when the store cannot be read
   */
  Optional<Artifact> find(Artifact.Kind kind) throws IOException;

  /**
   * The finished file of a kind, if by its own form it is a whole one of that kind; for whoever has
   * no hash to compare it with.
   *
   * @throws IOException when the store cannot be read
   */
  Optional<Artifact> findWhole(Artifact.Kind kind) throws IOException;

  /**
   * Opens a file for writing. What another attempt is writing of the same file is taken over, or
   * dropped: of two at once at most one goes on.
   *
   * @param largest how many bytes it may have at most
   * @throws IOException when the store does not work
   */
  ArtifactSink open(Artifact.Kind kind, long largest) throws IOException;

  /**
   * The manifest's JSON.
   *
   * @throws IOException when the store cannot be read
   */
  Optional<byte[]> manifest() throws IOException;

  /**
   * Writes the manifest, which says that everything else is there.
   *
   * @return where it is
   * @throws IOException when the store cannot be written
   */
  URI saveManifest(byte[] json) throws IOException;

  /** Where the manifest is, or will be. */
  URI manifestLocation();
}
