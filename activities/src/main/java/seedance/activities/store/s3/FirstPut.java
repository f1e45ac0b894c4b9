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
  /** What a store answers to a put under the condition that nothing is there. */
  private enum Answer {
    PUT,
    IS_THERE,
    /** Another is being put at this moment (409, AWS's documentation). */
    CONFLICT,
    UNKNOWN_CONDITION,
    /** It names no ETag, as a page does that stands in the bucket's place. */
    NO_BUCKET;

    /** With which stores that know no conditions refuse them. */
    private static final Set<String> UNKNOWN =
        Set.of("NotImplemented", "InvalidArgument", "InvalidRequest");

    /** Empty for what has nothing to do with the condition. */
    static Optional<Answer> of(S3Exception refusal) {
      if (UNKNOWN.contains(Troubles.code(refusal))) {
        return Optional.of(UNKNOWN_CONDITION);
      }
      return switch (refusal.statusCode()) {
        case 409 -> Optional.of(CONFLICT);
        case 412 -> Optional.of(IS_THERE);
        default -> Optional.empty();
      };
    }
  }

  private static final long PAUSE_MILLIS = 50;

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
      switch (putUnlessThere(key, content, Map.of(Bucket.WRITING, writing))) {
        case PUT -> {
          return true;
        }
        case IS_THERE -> {
          return bucket.isThere(key, writing);
        }
        case UNKNOWN_CONDITION ->
            throw new IOException("the bucket refuses a condition that it took before");
        case NO_BUCKET -> throw noBucket();
        case CONFLICT -> pause(conflict);
      }
    }
    throw new IOException("others write to the bucket at the same moment, again and again");
  }

  private Answer putUnlessThere(String key, byte[] content, Map<String, String> metadata)
      throws IOException {
    return Calls.told(
        "s3:PutObject",
        () -> {
          try {
            String eTag = bucket.putIfNone(key, content, metadata).eTag();
            return eTag == null || eTag.isEmpty() ? Answer.NO_BUCKET : Answer.PUT;
          } catch (S3Exception e) {
            return Answer.of(e).orElseThrow(() -> e);
          }
        });
  }

  private static IOException noBucket() {
    return new IOException("what answers in the bucket's place is none: it names no ETag");
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
      return switch (putUnlessThere(key, new byte[0], Map.of())) {
        case IS_THERE -> true;
        case PUT, UNKNOWN_CONDITION -> false;
        case CONFLICT -> throw new IOException("others write to the bucket at the same moment");
        case NO_BUCKET -> throw noBucket();
      };
    } finally {
      bucket.delete(key);
    }
  }
}
