package seedance.activities.store.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is known of the hashes of stored files. One that went in at once has it in its metadata; of
 * one that went in by parts it is known only when its metadata is fixed already, so it lies beside
 * it under the name of that writing, and is there before the file is.
 */
final class Hashes {
  private static final String SHA256 = "seedance-sha256";
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern WRITING_FORM = Pattern.compile("[0-9a-f-]{36}");

  private final Bucket bucket;

  Hashes(Bucket bucket) {
    this.bucket = bucket;
  }

  /** The metadata of a file that goes in at once. */
  static Map<String, String> metadata(String sha256) {
    return Map.of(SHA256, sha256);
  }

  /** Notes the hash of a file that goes in by parts, before it is completed. */
  void note(String key, String writing, String sha256) throws IOException {
    bucket.put(noteKey(key, writing), sha256.getBytes(StandardCharsets.US_ASCII));
  }

  /** The hash with which a file was written; empty where that is not known. */
  Optional<String> of(Bucket.Found found) throws IOException {
    String inMetadata = found.metadata().get(SHA256);
    if (inMetadata != null) {
      return Optional.of(inMetadata).filter(hash -> FORM.matcher(hash).matches());
    }
    String writing = found.metadata().get(Bucket.WRITING);
    return writing == null || !WRITING_FORM.matcher(writing).matches()
        ? Optional.empty()
        : bucket
            .read(noteKey(found.key(), writing), 64)
            .map(hash -> new String(hash, StandardCharsets.US_ASCII))
            .filter(hash -> FORM.matcher(hash).matches());
  }

  /** Beside the file, hidden. */
  private static String noteKey(String key, String writing) {
    int name = key.lastIndexOf('/') + 1;
    return key.substring(0, name) + "." + key.substring(name) + "-" + writing + ".sha256";
  }
}
