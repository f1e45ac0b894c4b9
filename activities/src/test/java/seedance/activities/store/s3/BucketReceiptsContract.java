package seedance.activities.store.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import seedance.activities.store.NotedReceipts;
import seedance.activities.store.Receipts;
import seedance.activities.store.ReceiptsContract;

/** Receipts in a bucket keep the promises of those in a folder. */
abstract class BucketReceiptsContract extends ReceiptsContract {
  private static final int WORKERS = 4;

  private final String prefix = "tests/" + UUID.randomUUID();
  private final List<Bucket> buckets = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  /** The settings of a store below a prefix. */
  protected abstract String location(String prefix);

  @Override
  protected synchronized Receipts worker() {
    while (buckets.size() < WORKERS) {
      buckets.add(ObjectStoreServer.bucket(location(prefix)));
    }
    return new NotedReceipts(new BucketNotes(buckets.get(next.getAndIncrement() % WORKERS)), clock);
  }
}
