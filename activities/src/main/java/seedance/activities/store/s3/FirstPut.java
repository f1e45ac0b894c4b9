package seedance.activities.store.s3;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Puts of which the first stays, whoever else tries at the same moment. */
final class FirstPut {
  private static final Set<Integer> CONDITION_ANSWERS = Set.of(409, 412);

  /** With which stores that know no conditions refuse them. */
  private static final Set<String> UNKNOWN_CONDITION =
      Set.of("NotImplemented", "InvalidArgument", "InvalidRequest");

  private static final long PAUSE_MILLIS = 50;

  /** Two writers at once of one key may both be told to try again (409, AWS's documentation). */
  private static final int CONFLICTS = 5;

  private final Bucket bucket;
  private volatile Optional<Boolean> refusesSecond = Optional.empty();

  FirstPut(Bucket bucket) {
    this.bucket = bucket;
  }

  /**
   * Puts an object unless one has that key, whoever else tries at the same moment. Where the store
   * does not refuse the second one (see {@link #refusesSecond}), one that comes within a round trip
   * of the first may take its place, and both be told that it is theirs.
   *
   * @return whether it is this one that is there, though the reply to an earlier try was lost
   */
  boolean put(String key, byte[] content) throws IOException {
    String writing = UUID.randomUUID().toString();
    if (!refusesSecond()) {
      if (bucket.find(key).isPresent()) {
        return false;
      }
      bucket.put(key, content, Map.of(Bucket.WRITING, writing));
      return bucket.isThere(key, writing);
    }
    for (int conflict = 1; conflict <= CONFLICTS; conflict++) {
      int status = putUnlessThere(key, content, Map.of(Bucket.WRITING, writing));
      if (status == 200) {
        return true;
      }
      if (status == 412) {
        return bucket.isThere(key, writing);
      }
      pause(conflict);
    }
    throw new IOException("others write to the bucket at the same moment, again and again");
  }

  /**
   * @return 200; 412 where one is there; 409 where another is being put; 501 where the store does
   *     not know the condition
   */
  private int putUnlessThere(String key, byte[] content, Map<String, String> metadata)
      throws IOException {
    return Calls.told(
        "s3:PutObject",
        () -> {
          try {
            bucket.putIfNone(key, content, metadata);
            return 200;
          } catch (S3Exception e) {
            if (UNKNOWN_CONDITION.contains(Troubles.code(e))) {
              return 501;
            }
            if (CONDITION_ANSWERS.contains(e.statusCode())) {
              return e.statusCode();
            }
            throw e;
          }
        });
  }

  private static void pause(int conflict) throws IOException {
    try {
      Thread.sleep(PAUSE_MILLIS * conflict);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    }
  }

  /**
   * Whether the store refuses to put what is there already ({@code If-None-Match: *}); tried once.
   */
  boolean refusesSecond() throws IOException {
    if (refusesSecond.isEmpty()) {
      refusesSecond = Optional.of(tryToPutTwice());
    }
    return refusesSecond.get();
  }

  private boolean tryToPutTwice() throws IOException {
    String key = ".probe-" + UUID.randomUUID();
    bucket.put(key, new byte[0]);
    try {
      int status = putUnlessThere(key, new byte[0], Map.of());
      if (status == 409) {
        throw new IOException("others write to the bucket at the same moment");
      }
      return status == 412;
    } finally {
      bucket.delete(key);
    }
  }
}
