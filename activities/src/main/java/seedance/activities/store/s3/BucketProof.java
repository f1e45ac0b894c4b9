package seedance.activities.store.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Does to a bucket once all that a worker will do, and names everything that is not allowed. */
final class BucketProof {
  private final Bucket bucket;
  private final List<String> faults = new ArrayList<>();

  private BucketProof(Bucket bucket) {
    this.bucket = bucket;
  }

  /**
   * Proves that a store can be kept in a bucket.
   *
   * @throws IOException with all that is wrong
   */
  static void of(Bucket bucket) throws IOException {
    BucketProof proof = new BucketProof(bucket);
    proof.tryAll();
    if (!proof.faults.isEmpty()) {
      throw new IOException(String.join("; ", proof.faults));
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  private void tryAll() {
    String key = ".writable-" + UUID.randomUUID();
    Map<String, String> mark = Map.of(Bucket.WRITING, key);
    attempt(() -> bucket.put(key, new byte[0], mark));
    boolean isPut = faults.isEmpty();
    attempt(() -> require(bucket.read(key, 1).isPresent() || !isPut));
    if (isPut) {
      attempt(
          () -> {
            if (!bucket.isThere(key, key)) {
              throw new IOException("the bucket does not give back what an object is marked with");
            }
          });
    }
    // What is not there looks forbidden to whoever may not list.
    attempt(() -> bucket.in(".receipts/"));
    attempt(() -> bucket.delete(key));
    if (faults.isEmpty()) {
      attempt(() -> require(bucket.find(key).isEmpty()));
      attempt(bucket::refusesSecond);
    }
  }

  private static void require(boolean isSeen) throws IOException {
    if (!isSeen) {
      throw new IOException("what is put into the bucket or deleted there is not seen at once");
    }
  }

  private void attempt(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      String fault = String.valueOf(e.getMessage());
      if (!faults.contains(fault)) {
        faults.add(fault);
      }
    }
  }
}
