package seedance.activities.store.s3;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import seedance.activities.store.NotedReceipts;

/**
 * A place of its own for each test in a real bucket, behind a network that does what it is told.
 */
abstract class FaultyBucket {
  /** For all tests of this process, which may run side by side; it ends with it. */
  protected static final ObjectStoreServer SERVER = ObjectStoreServer.start();

  protected final String prefix = "tests/" + UUID.randomUUID();
  protected FaultyNetwork network;

  @BeforeEach
  void startNetwork() {
    network = new FaultyNetwork(SERVER.endpoint());
  }

  @AfterEach
  void stopNetwork() {
    network.close();
  }

  protected Bucket bucket() {
    return ObjectStoreServer.bucket(ObjectStoreServer.location(network.endpoint(), prefix));
  }

  protected BucketStore store() {
    return new BucketStore(bucket(), Optional.empty());
  }

  protected NotedReceipts receipts() {
    return new NotedReceipts(new BucketNotes(bucket()), Clock.systemUTC());
  }
}
