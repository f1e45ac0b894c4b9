package seedance.activities.store.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says for people what an object store answered, and what to do about it. */
final class Troubles {
  /** By the code that S3's protocol gives; other stores use the same. */
  private static final Map<String, String> BY_CODE =
      Map.ofEntries(
          Map.entry("SlowDown", "the bucket is asked too often"),
          Map.entry("ServiceUnavailable", "the bucket is not available for now"),
          Map.entry("InternalError", "the bucket has a fault of its own"),
          Map.entry("RequestTimeout", "the bucket waited too long for what was sent"),
          Map.entry("ExpiredToken", "the store's credentials have expired: renew them"),
          Map.entry("ExpiredTokenException", "the store's credentials have expired: renew them"),
          Map.entry("InvalidToken", "the store's credentials are not valid"),
          Map.entry("InvalidAccessKeyId", "the bucket does not know the access key"),
          Map.entry("SignatureDoesNotMatch", "the secret key is not that of the access key"),
          Map.entry(
              "RequestTimeTooSkewed",
              "this machine's clock and the bucket's are too far apart: set the clock"),
          Map.entry("NoSuchBucket", "there is no such bucket"),
          Map.entry(
              "PermanentRedirect", "the bucket is in another region, or has another endpoint"),
          Map.entry("AuthorizationHeaderMalformed", "the bucket is in another region: set region="),
          Map.entry("QuotaExceeded", "the bucket is full"),
          Map.entry("XMinioStorageFull", "the bucket is full"));

  private Troubles() {}

  /**
   * An exception for people.
   *
   * @param right what the operator must be allowed for it, such as {@code s3:PutObject}
   */
  static IOException inWords(SdkException e, String right) {
    if (e instanceof AbortedException || Thread.currentThread().isInterrupted()) {
      // The SDK clears the flag.
      Thread.currentThread().interrupt();
      return new ClosedByInterruptException();
    }
    return new BucketException(words(e, right), e instanceof S3Exception ? null : withoutText(e));
  }

  private static String words(SdkException e, String right) {
    if (e instanceof S3Exception answered) {
      return words(answered, right);
    }
    if (e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException) {
      return "the bucket did not answer in time";
    }
    return hasNoCredentials(e)
        ? "there are no credentials for the bucket: set AWS_ACCESS_KEY_ID and"
            + " AWS_SECRET_ACCESS_KEY, or a profile"
        : unreached(root(e));
  }

  private static String unreached(Throwable root) {
    return "the bucket cannot be reached: " + root.getClass().getSimpleName();
  }

  /** As {@link #inWords}, of a connection that broke, or an answer that is none. */
  static IOException unreached(UncheckedIOException e) {
    return new BucketException(unreached(root(e)), withoutText(e));
  }

  private static String words(S3Exception answered, String right) {
    String code = code(answered);
    String what = BY_CODE.get(code);
    if (what != null) {
      return what;
    }
    return answered.statusCode() == 403
        ? "the bucket does not allow " + right
        : "the bucket answered %d%s"
            .formatted(answered.statusCode(), code.isEmpty() ? "" : " " + code);
  }

  /** The code of an answer; empty where it has none, or one that is no word. */
  static String code(S3Exception answered) {
    return Optional.ofNullable(answered.awsErrorDetails())
        .map(details -> details.errorCode())
        .filter(code -> code.matches("[A-Za-z]{1,64}"))
        .orElse("");
  }

  private static boolean hasNoCredentials(SdkException e) {
    String message = e.getMessage();
    return e instanceof SdkClientException
        && message != null
        && message.contains("Unable to load credentials");
  }

  /** Its message may hold a URL, and so may those of its causes. */
  private static Throwable withoutText(Exception e) {
    Throwable root = root(e);
    IOException without = new IOException(root.getClass().getName());
    without.setStackTrace(root.getStackTrace());
    return without;
  }

  private static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }
}
