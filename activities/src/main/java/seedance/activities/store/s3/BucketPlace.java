package seedance.activities.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import seedance.activities.store.Arrival;
import seedance.activities.store.ArtifactSink;
import seedance.activities.store.BrokenDownloadException;
import seedance.activities.store.FileTooLargeException;
import seedance.activities.store.MediaType;
import seedance.activities.store.Sha256;
import seedance.activities.store.StorePlace;
import seedance.workflows.generation.Artifact;

/** One task's files in a bucket, below its workflow's. */
final class BucketPlace implements StorePlace {
  static final String MANIFEST = "manifest.json";

  /** Of a workflow: in which of its places a generation was finished last. */
  static final String LATEST = ".latest";

  /** A request has 1 MiB at most; what is larger is read in part, and so is no manifest. */
  static final int LARGEST_MANIFEST = 16 * 1024 * 1024;

  private final Bucket bucket;
  private final Hashes hashes;
  private final String workflow;
  private final String task;

  /**
   * @param workflow the workflow's folder, with a slash at its end
   * @param task of the place within it: empty, or with a slash at its end
   */
  BucketPlace(Bucket bucket, String workflow, String task) {
    this.bucket = bucket;
    this.hashes = new Hashes(bucket);
    this.workflow = workflow;
    this.task = task;
  }

  private String key(String name) {
    return workflow + task + name;
  }

  @Override
  public URI location() {
    return bucket.uri(key(""));
  }

  @Override
  public Optional<Artifact> find(Artifact.Kind kind) throws IOException {
    for (MediaType type : MediaType.values()) {
      Optional<Bucket.Found> found = find(kind, type);
      if (found.isPresent()) {
        Optional<String> hash = hashes.of(found.get());
        return Optional.of(
            new Artifact(
                kind,
                bucket.uri(found.get().key()),
                type.mimeType(),
                found.get().bytes(),
                hash.isPresent() ? hash.get() : hashOf(found.get().key())));
      }
    }
    return Optional.empty();
  }

  private Optional<Bucket.Found> find(Artifact.Kind kind, MediaType type) throws IOException {
    return type.fits(kind) ? bucket.find(key(type.fileName(kind))) : Optional.empty();
  }

  @Override
  public Optional<Artifact> findWhole(Artifact.Kind kind) throws IOException {
    for (MediaType type : MediaType.values()) {
      Optional<Bucket.Found> found = find(kind, type);
      if (found.isPresent()) {
        Arrival arrival = new Arrival(kind, Long.MAX_VALUE);
        if (isWhole(found.get(), arrival, type)) {
          return Optional.of(
              new Artifact(
                  kind,
                  bucket.uri(found.get().key()),
                  type.mimeType(),
                  arrival.bytes(),
                  arrival.sha256()));
        }
      }
    }
    return Optional.empty();
  }

  private boolean isWhole(Bucket.Found found, Arrival arrival, MediaType type) throws IOException {
    Optional<String> hash = hashes.of(found);
    try (InputStream content = content(found.key())) {
      arrival.takeAll(content);
      return arrival.whole(OptionalLong.of(found.bytes())) == type
          && hash.filter(written -> !written.equals(arrival.sha256())).isEmpty();
    } catch (BrokenDownloadException | FileTooLargeException notWhole) {
      return false;
    }
  }

  @Override
  public ArtifactSink open(Artifact.Kind kind, long largest) {
    for (MediaType type : MediaType.values()) {
      if (type.fits(kind)) {
        bucket.uploads().abortThoseOfDeadWorkers(key(type.fileName(kind)));
      }
    }
    return new BucketSink(bucket, key(""), kind, largest);
  }

  @Override
  public Optional<byte[]> manifest() throws IOException {
    return bucket.read(key(MANIFEST), LARGEST_MANIFEST);
  }

  /** Where it will be is noted first: whoever dies between the two writes it again. */
  @Override
  public URI saveManifest(byte[] json) throws IOException {
    bucket.put(workflow + LATEST, task.getBytes(StandardCharsets.UTF_8));
    bucket.put(key(MANIFEST), json);
    return manifestLocation();
  }

  @Override
  public URI manifestLocation() {
    return bucket.uri(key(MANIFEST));
  }

  private InputStream content(String key) throws IOException {
    return bucket.open(key).orElseThrow(() -> new IOException("a file in it is gone"));
  }

  /** Of a file that was put there by other means than ours. */
  private String hashOf(String key) throws IOException {
    try (InputStream content = content(key)) {
      return Sha256.of(content);
    }
  }
}
