package seedance.activities.store.s3;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Large objects, which go into a bucket by parts. */
final class Uploads {
  private static final Logger log = LoggerFactory.getLogger(Uploads.class);

  private final S3Client s3;
  private final BucketLocation location;
  private final Bucket bucket;

  Uploads(S3Client s3, BucketLocation location, Bucket bucket) {
    this.s3 = s3;
    this.location = location;
    this.bucket = bucket;
  }

  /** Begins a large object, of which nothing is seen until it is completed. */
  String begin(String key, String mediaType, String writing) throws IOException {
    return Calls.asked(
            "s3:PutObject",
            () ->
                s3.createMultipartUpload(
                        r ->
                            r.bucket(location.bucket())
                                .key(location.prefix() + key)
                                .contentType(mediaType)
                                .metadata(Map.of(Bucket.WRITING, writing)))
                    .uploadId())
        .orElseThrow(() -> new IOException("there is no such bucket"));
  }

  CompletedPart part(String key, String upload, int number, RequestBody content)
      throws IOException {
    return Calls.asked(
            "s3:PutObject",
            () ->
                CompletedPart.builder()
                    .partNumber(number)
                    .eTag(
                        s3.uploadPart(
                                r ->
                                    r.bucket(location.bucket())
                                        .key(location.prefix() + key)
                                        .uploadId(upload)
                                        .partNumber(number),
                                content)
                            .eTag())
                    .build())
        .orElseThrow(() -> new IOException("another worker took the file over"));
  }

  /**
   * Completes a large object, in place of any that has its key.
   *
   * @throws IOException also where the upload is gone, and what is there is another writing's
   */
  void complete(String key, String upload, List<CompletedPart> parts, String writing)
      throws IOException {
    Optional<Boolean> completed =
        Calls.asked(
            "s3:PutObject",
            () -> {
              s3.completeMultipartUpload(
                  r ->
                      r.bucket(location.bucket())
                          .key(location.prefix() + key)
                          .uploadId(upload)
                          .multipartUpload(m -> m.parts(parts)));
              return true;
            });
    // The reply to an earlier try may have been lost, and then the upload is gone.
    if (completed.isEmpty() && !bucket.isThere(key, writing)) {
      throw new IOException("another worker took the file over");
    }
  }

  /** Gives a large object up that was begun; one that is gone is as good. */
  void abort(String key, String upload) throws IOException {
    Calls.asked(
        "s3:AbortMultipartUpload",
        () ->
            s3.abortMultipartUpload(
                r -> r.bucket(location.bucket()).key(location.prefix() + key).uploadId(upload)));
  }

  /**
   * Gives up what dead workers began of an object. Where the store does not allow to look for it, a
   * lifecycle rule clears it.
   */
  void abortThoseOfDeadWorkers(String key) {
    try {
      List<MultipartUpload> begun =
          s3.listMultipartUploads(r -> r.bucket(location.bucket()).prefix(location.prefix() + key))
              .uploads();
      for (MultipartUpload upload : begun) {
        if (upload.key().equals(location.prefix() + key)) {
          abort(key, upload.uploadId());
        }
      }
    } catch (SdkException | IOException e) {
      log.debug("What dead workers began is not given up: {}", e.getClass().getSimpleName());
    }
  }
}
