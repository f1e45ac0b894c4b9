package seedance.activities.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import seedance.activities.store.ArtifactStore;
import seedance.activities.store.ArtifactStoreContract;
import seedance.workflows.generation.Artifact;

/** A store in a bucket does what a folder does. */
abstract class BucketStoreContract extends ArtifactStoreContract {
  private final String prefix = "tests/" + UUID.randomUUID();

  /** The settings of a store below a prefix. */
  protected abstract String location(String prefix);

  @Override
  protected ArtifactStore worker() {
    return ObjectStoreServer.store(location(prefix));
  }

  @Override
  protected byte[] content(Artifact artifact) throws IOException {
    try (InputStream content = worker().open(artifact.location()).orElseThrow()) {
      return content.readAllBytes();
    }
  }

  @Override
  protected boolean keepsWhatCame() {
    return false;
  }
}
