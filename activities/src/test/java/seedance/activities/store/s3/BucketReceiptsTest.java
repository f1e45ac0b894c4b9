package seedance.activities.store.s3;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import seedance.activities.store.NotedReceipts;
import seedance.activities.store.Receipts;
import seedance.activities.store.ReceiptsContract;

/** Receipts in a bucket keep the promises of those in a folder. */
class BucketReceiptsTest extends ReceiptsContract {
  private static ObjectStoreServer server;

  private final String prefix = "tests/" + UUID.randomUUID();
  private final List<Bucket> buckets =
      Stream.generate(() -> ObjectStoreServer.bucket(server.location(prefix))).limit(4).toList();
  private final AtomicInteger next = new AtomicInteger();

  @BeforeAll
  static void start() {
    server = ObjectStoreServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected Receipts worker() {
    Bucket bucket = buckets.get(next.getAndIncrement() % buckets.size());
    return new NotedReceipts(new BucketNotes(bucket), clock);
  }
}
