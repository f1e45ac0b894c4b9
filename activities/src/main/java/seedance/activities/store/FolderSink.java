package seedance.activities.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seedance.workflows.generation.Artifact;

/**
 * A file on its way into a folder. What an earlier attempt left of it is copied, not gone on with:
 * its worker may be frozen rather than dead, and write into its own file once more.
 */
final class FolderSink implements ArtifactSink {
  private static final Logger log = LoggerFactory.getLogger(FolderSink.class);
  private static final int BUFFER_BYTES = 64 * 1024;

  /** A death costs at most so much of the download, whichever comes first. */
  private static final long BYTES_BETWEEN_CHECKPOINTS = 16L * 1024 * 1024;

  private static final long TIME_BETWEEN_CHECKPOINTS = Duration.ofSeconds(2).toNanos();

  private final Path folder;
  private final Artifact.Kind kind;
  private final long largest;
  private final PartFile part;
  private Arrival arrival;
  private Optional<FileVersion> version = Optional.empty();
  private long safeBytes;
  private long safeAt = System.nanoTime();
  private boolean hasEnded;

  private FolderSink(Path folder, Artifact.Kind kind, long largest, PartFile part) {
    this.folder = folder;
    this.kind = kind;
    this.largest = largest;
    this.part = part;
    this.arrival = new Arrival(kind, largest);
  }

  static FolderSink open(Path folder, Artifact.Kind kind, long largest) throws IOException {
    List<Path> others = PartFile.partsIn(folder, kind.fileName());
    FolderSink sink = new FolderSink(folder, kind, largest, PartFile.in(folder, kind.fileName()));
    try {
      sink.takeOver(others);
      return sink;
    } catch (IOException | RuntimeException e) {
      sink.abandon();
      throw e;
    }
  }

  private void takeOver(List<Path> others) throws IOException {
    record Kept(Path part, Checkpoint checkpoint) {}
    List<Kept> mostFirst = new ArrayList<>();
    for (Path other : others) {
      Checkpoint.of(other).ifPresent(checkpoint -> mostFirst.add(new Kept(other, checkpoint)));
    }
    mostFirst.sort(Comparator.comparingLong((Kept kept) -> kept.checkpoint().bytes()).reversed());
    for (Kept kept : mostFirst) {
      if (isCopied(kept.part(), kept.checkpoint())) {
        break;
      }
      startOver(Optional.empty());
    }
    for (Path other : others) {
      PartFile.delete(other);
    }
  }

  /** A copy that fails, as for a full disk, is only a longer download. */
  private boolean isCopied(Path other, Checkpoint checkpoint) throws IOException {
    try (InputStream content = StoreFiles.open(other)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      long left = checkpoint.bytes();
      while (left > 0) {
        int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          return false;
        }
        add(buffer, 0, read);
        left -= read;
      }
      if (!arrival.sha256().equals(checkpoint.sha256())) {
        return false;
      }
      version = Optional.of(checkpoint.version());
      makeSafe();
      return true;
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      log.warn("What came of a file before is not gone on with: {}", e.getClass().getSimpleName());
      return false;
    }
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
    Files.deleteIfExists(PartFile.noteOn(part.path()));
    part.empty();
    arrival = new Arrival(kind, largest);
    safeBytes = 0;
    version = next;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    add(bytes, offset, length);
    boolean isDue =
        arrival.bytes() - safeBytes >= BYTES_BETWEEN_CHECKPOINTS
            || System.nanoTime() - safeAt >= TIME_BETWEEN_CHECKPOINTS;
    if (isDue && version.isPresent()) {
      makeSafe();
    }
  }

  private void add(byte[] bytes, int offset, int length) throws IOException {
    arrival.take(bytes, offset, length);
    part.write(ByteBuffer.wrap(bytes, offset, length));
  }

  private void makeSafe() throws IOException {
    if (arrival.bytes() > safeBytes) {
      part.force();
      Checkpoint.of(version.orElseThrow(), arrival).write(part.path());
      safeBytes = arrival.bytes();
    }
    safeAt = System.nanoTime();
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
    String name = type.fileName(kind);
    part.moveTo(name);
    hasEnded = true;
    part.close();
    for (MediaType other : MediaType.values()) {
      if (other != type) {
        Files.deleteIfExists(folder.resolve(other.fileName(kind)));
      }
    }
    PartFile.deleteThoseOfDeadWorkers(folder, kind.fileName());
    return new Artifact(
        kind, folder.resolve(name).toUri(), type.mimeType(), arrival.bytes(), arrival.sha256());
  }

  @Override
  public void abandon() throws IOException {
    hasEnded = true;
    part.close();
  }

  @Override
  public void close() throws IOException {
    if (hasEnded) {
      return;
    }
    hasEnded = true;
    try {
      if (version.isPresent()) {
        makeSafe();
      }
    } catch (IOException e) {
      log.warn("The last of a file's bytes are not kept: {}", e.getClass().getSimpleName());
    }
    if (safeBytes > 0) {
      part.keep();
    }
    part.close();
  }
}
