package seedance.activities.store.s3;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** With another object store: one's habits are not the protocol. */
class BucketReceiptsOnMotoTest extends BucketReceiptsContract {
  private static MotoServer server;

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
  protected String location(String prefix) {
    return server.location(prefix);
  }
}
