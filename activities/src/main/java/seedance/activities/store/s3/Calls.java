package seedance.activities.store.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Calls of the library, whose failures become {@link IOException}s with words for people. */
final class Calls {
  /** Any other 404 is one of whatever stands between. */
  private static final Set<String> NOT_THERE = Set.of("NoSuchKey", "NoSuchUpload");

  private Calls() {}

  interface Call<T> {
    T make();
  }

  /** Empty where there is no such thing. */
  static <T> Optional<T> asked(String right, Call<T> call) throws IOException {
    return told(
        right,
        () -> {
          try {
            return Optional.of(call.make());
          } catch (S3Exception e) {
            if (NOT_THERE.contains(Troubles.code(e))) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  static void done(String right, Runnable call) throws IOException {
    told(
        right,
        () -> {
          call.run();
          return true;
        });
  }

  static <T> T told(String right, Call<T> call) throws IOException {
    try {
      return call.make();
    } catch (SdkException e) {
      throw Troubles.inWords(e, right);
    } catch (UncheckedIOException e) {
      // The library lets through what the JDK's client finds wrong with a reply.
      throw Troubles.unreached(e);
    }
  }
}
