package seedance.activities.store.s3;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** With S3Proxy. */
class BucketStoreTest extends BucketStoreContract {
  private static ObjectStoreServer server;

  @BeforeAll
  static void start() {
    server = ObjectStoreServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected String location(String prefix) {
    return server.location(prefix);
  }
}
