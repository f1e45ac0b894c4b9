package seedance.activities.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import seedance.activities.store.ArtifactStore;
import seedance.activities.store.ArtifactStoreContract;
import seedance.workflows.generation.Artifact;

/** {@link BucketStoreTest} with another object store: one's habits are not the protocol. */
class BucketStoreOnMotoTest extends ArtifactStoreContract {
  private static MotoServer server;

  private final String prefix = "tests/" + UUID.randomUUID();

  @BeforeAll
  static void start() throws IOException {
    server = MotoServer.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
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
