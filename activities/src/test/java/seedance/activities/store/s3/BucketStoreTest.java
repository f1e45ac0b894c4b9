package seedance.activities.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import seedance.activities.store.ArtifactStore;
import seedance.activities.store.ArtifactStoreContract;
import seedance.workflows.generation.Artifact;

/** A store in a bucket does what a folder does. */
class BucketStoreTest extends ArtifactStoreContract {
  private static ObjectStoreServer server;

  private final String prefix = "tests/" + UUID.randomUUID();

  @BeforeAll
  static void start() {
    server = ObjectStoreServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected ArtifactStore worker() {
    return ObjectStoreServer.store(server.location(prefix));
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
