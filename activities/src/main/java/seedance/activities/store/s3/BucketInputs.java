package seedance.activities.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import seedance.activities.store.HashedInput;
import seedance.activities.store.StoredFile;
import seedance.workflows.request.StoredInput;

/** Callers' files in a bucket, under their hashes. */
final class BucketInputs {
  /** An older one is put again, as whoever cleans inputs goes by their age. */
  private static final Duration YOUNG = Duration.ofDays(1);

  private final Bucket bucket;

  BucketInputs(Bucket bucket) {
    this.bucket = bucket;
  }

  /** The object is there whole or not at all, so what is there need not be looked into. */
  StoredFile put(StoredInput name, Path file) throws IOException {
    Optional<Bucket.Found> there = bucket.find(key(name));
    if (there.isPresent() && there.get().writtenAt().isAfter(Instant.now().minus(YOUNG))) {
      return stored(there.get());
    }
    String md5;
    try (InputStream content = Files.newInputStream(file)) {
      md5 = HashedInput.md5(content, name);
    }
    bucket.putLarge(key(name), file, md5, Hashes.metadata(name.sha256()), name.mediaType());
    return find(name).orElseThrow(() -> new IOException("a file in it is gone"));
  }

  Optional<StoredFile> find(StoredInput name) throws IOException {
    return bucket.find(key(name)).map(this::stored);
  }

  private StoredFile stored(Bucket.Found found) {
    return new StoredFile(bucket.uri(found.key()), found.bytes());
  }

  private static String key(StoredInput name) {
    return StoredInput.FOLDER + "/" + name.fileName();
  }
}
