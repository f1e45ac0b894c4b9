package seedance.activities.store.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import seedance.activities.store.Arrival;
import seedance.activities.store.ArtifactSink;
import seedance.activities.store.BrokenDownloadException;
import seedance.activities.store.FileVersion;
import seedance.activities.store.MediaType;
import seedance.workflows.generation.Artifact;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * A file on its way into a bucket, through two buffers and no disk: what fits into one goes in at
 * once; of what does not, one part is sent while the next comes. What came is gone with this sink:
 * a part that another worker began cannot be gone on with, as its hash is in that worker's memory.
 */
final class BucketSink implements ArtifactSink {
  /** S3 wants 5 MiB or more, and has 10,000 parts at most: 80 GB. */
  static final int PART_BYTES = 8 * 1024 * 1024;

  private static final int FIRST_BUFFER_BYTES = 256 * 1024;

  private final Bucket bucket;
  private final String folder;
  private final Artifact.Kind kind;
  private final long largest;
  private Arrival arrival;
  private Optional<FileVersion> version = Optional.empty();
  private byte[] filling = new byte[FIRST_BUFFER_BYTES];
  private int filled;
  private byte @Nullable [] spare;
  private @Nullable Upload upload;
  private boolean hasEnded;

  BucketSink(Bucket bucket, String folder, Artifact.Kind kind, long largest) {
    this.bucket = bucket;
    this.folder = folder;
    this.kind = kind;
    this.largest = largest;
    this.arrival = new Arrival(kind, largest);
  }

  @Override
  public long resumeAt() {
    return arrival.bytes();
  }

  @Override
  public Optional<FileVersion> version() {
    return version;
  }

  @Override
  public void startOver(Optional<FileVersion> next) throws IOException {
    giveUpUpload();
    arrival = new Arrival(kind, largest);
    filled = 0;
    version = next;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    arrival.take(bytes, offset, length);
    int at = offset;
    while (at < offset + length) {
      if (filled == PART_BYTES) {
        sendPart();
      }
      int next = Math.min(offset + length - at, PART_BYTES - filled);
      makeRoomFor(next);
      System.arraycopy(bytes, at, filling, filled, next);
      filled += next;
      at += next;
    }
  }

  private void makeRoomFor(int next) {
    if (filled + next > filling.length) {
      int doubled = Math.max(filling.length * 2, filled + next);
      filling = Arrays.copyOf(filling, Math.min(PART_BYTES, doubled));
    }
  }

  private void sendPart() throws IOException {
    Upload to = upload;
    if (to == null) {
      MediaType type = arrival.type().orElseThrow();
      to = new Upload(bucket, folder + type.fileName(kind), type.mimeType());
      upload = to;
    }
    byte[] full = filling;
    int length = filled;
    // The part before is over then, and its buffer free.
    to.send(full, length);
    filling = spare == null ? new byte[PART_BYTES] : spare;
    spare = full;
    filled = 0;
  }

  @Override
  public Artifact finish(OptionalLong size) throws IOException {
    MediaType type;
    try {
      type = arrival.whole(size);
    } catch (BrokenDownloadException e) {
      abandon();
      throw e;
    }
    String key = folder + type.fileName(kind);
    String sha256 = arrival.sha256();
    if (upload == null) {
      bucket.put(key, body(filling, filled), Hashes.metadata(sha256), type.mimeType());
    } else {
      sendPart();
      upload.complete(sha256);
      upload = null;
    }
    hasEnded = true;
    for (MediaType other : MediaType.values()) {
      if (other != type && other.fits(kind)) {
        bucket.delete(folder + other.fileName(kind));
      }
    }
    return new Artifact(kind, bucket.uri(key), type.mimeType(), arrival.bytes(), sha256);
  }

  @Override
  public void abandon() throws IOException {
    hasEnded = true;
    giveUpUpload();
  }

  @Override
  public void close() throws IOException {
    if (!hasEnded) {
      abandon();
    }
  }

  private void giveUpUpload() throws IOException {
    if (upload != null) {
      Upload given = upload;
      upload = null;
      given.giveUp();
    }
  }

  /** Without a copy of the bytes; the library may read it several times. */
  private static RequestBody body(byte[] bytes, int length) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes, 0, length), length, "application/octet-stream");
  }

  /** A large object that has been begun, one part of which is sent at a time. */
  private static final class Upload {
    private final Bucket bucket;
    private final String key;
    private final String writing = UUID.randomUUID().toString();
    private final String id;
    private final List<CompletedPart> parts = new ArrayList<>();
    private final ExecutorService sender =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "seedance-upload");
              thread.setDaemon(true);
              return thread;
            });
    private @Nullable Future<CompletedPart> underWay;

    Upload(Bucket bucket, String key, String mediaType) throws IOException {
      this.bucket = bucket;
      this.key = key;
      this.id = bucket.uploads().begin(key, mediaType, writing);
    }

    /** Sends a part, once the one before it has been sent. */
    void send(byte[] bytes, int length) throws IOException {
      awaitPart();
      int number = parts.size() + 1;
      underWay = sender.submit(() -> bucket.uploads().part(key, id, number, body(bytes, length)));
    }

    private void awaitPart() throws IOException {
      if (underWay == null) {
        return;
      }
      try {
        parts.add(underWay.get());
        underWay = null;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ClosedByInterruptException();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException failed) {
          throw failed;
        }
        throw new IllegalStateException("a part was not sent", e.getCause());
      }
    }

    void complete(String sha256) throws IOException {
      awaitPart();
      sender.shutdown();
      new Hashes(bucket).note(key, writing, sha256);
      bucket.uploads().complete(key, id, parts, writing);
    }

    void giveUp() throws IOException {
      sender.shutdownNow();
      bucket.uploads().abort(key, id);
    }
  }
}
