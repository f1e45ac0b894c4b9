package seedance.activities.store.s3;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import seedance.activities.store.NotedReceipts;
import seedance.activities.store.Receipts;
import seedance.activities.store.ReceiptsContract;

/** {@link BucketReceiptsTest} with another object store: one's habits are not the protocol. */
class BucketReceiptsOnMotoTest extends ReceiptsContract {
  private static MotoServer server;

  private final String prefix = "tests/" + UUID.randomUUID();
  private final List<Bucket> buckets =
      Stream.generate(() -> ObjectStoreServer.bucket(server.location(prefix))).limit(4).toList();
  private final AtomicInteger next = new AtomicInteger();

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
  protected Receipts worker() {
    Bucket bucket = buckets.get(next.getAndIncrement() % buckets.size());
    return new NotedReceipts(new BucketNotes(bucket), clock);
  }
}
