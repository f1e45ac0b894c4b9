package seedance.activities.generation;

import io.temporal.client.ActivityCanceledException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import seedance.activities.provider.Opened;
import seedance.activities.provider.ResultFiles;
import seedance.activities.provider.Resumption;
import seedance.activities.store.ArtifactSink;
import seedance.activities.store.BrokenDownloadException;
import seedance.activities.store.FileTooLargeException;
import seedance.activities.store.FileVersion;
import seedance.activities.store.StorePlace;
import seedance.workflows.generation.Artifact;

/**
 * One attempt at getting files from their host into the store, through one buffer. A connection
 * that breaks is followed by another one that asks for the rest; a host that cannot give the rest
 * is left alone until the next attempt.
 */
final class Download {
  private static final int BUFFER_BYTES = 64 * 1024;

  /** A URL of the service is good for 100 downloads (2.5), and attempts come with the same one. */
  private static final int MOST_CONNECTIONS = 20;

  private final ResultFiles files;
  private final DownloadLimits limits;
  private final Pace pace;
  private final LongConsumer progress;

  /**
   * @param progress told how many bytes of a file are there; what it throws ends the download
   */
  Download(ResultFiles files, DownloadLimits limits, Pace pace, LongConsumer progress) {
    this.files = Objects.requireNonNull(files, "files");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.pace = Objects.requireNonNull(pace, "pace");
    this.progress = Objects.requireNonNull(progress, "progress");
  }

  /**
   * Downloads a file.
   *
   * @throws NotYet when its host does not give it now, or a limit is met
   * @throws BrokenDownloadException when what came is not it, or not whole
   * @throws IOException when the store does not work
   */
  Artifact fetch(Artifact.Kind kind, URI url, StorePlace place) throws IOException {
    try (ArtifactSink sink = place.open(kind, limits.largestFile())) {
      try {
        pace.beginFile();
        return fetch(url, sink);
      } catch (NotYet | BrokenConnection | ClosedByInterruptException e) {
        // Another attempt goes on from here.
        throw e;
      } catch (FileTooLargeException e) {
        sink.abandon();
        throw tooLarge();
      } catch (IOException | ActivityCanceledException e) {
        sink.abandon();
        throw e;
      }
    }
  }

  private Artifact fetch(URI url, ArtifactSink sink) throws IOException {
    if (sink.version().isPresent() && !sink.version().get().isOf(url)) {
      sink.startOver(Optional.empty());
    }
    for (int connection = 1; !hasAll(sink); connection++) {
      long before = sink.resumeAt();
      try (Opened.Open open = open(url, sink)) {
        if (open.from() == 0) {
          sink.startOver(version(url, open));
        }
        pour(open, sink);
        OptionalLong size = size(open, sink);
        if (size.isPresent() && size.getAsLong() > sink.resumeAt()) {
          throw new BrokenConnection(
              "%d of %d bytes came".formatted(sink.resumeAt(), size.getAsLong()));
        }
        return sink.finish(size);
      } catch (BrokenConnection e) {
        boolean canGoOn = sink.version().isPresent() && sink.resumeAt() > before;
        if (!canGoOn || connection >= MOST_CONNECTIONS || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
    }
    return sink.finish(sink.version().orElseThrow().size());
  }

  /** Whether a death came between the last byte and the name. */
  private static boolean hasAll(ArtifactSink sink) {
    return sink.version().isPresent()
        && sink.version().get().size().isPresent()
        && sink.version().get().size().getAsLong() == sink.resumeAt();
  }

  private Opened.Open open(URI url, ArtifactSink sink) throws NotYet {
    Optional<Resumption> rest =
        sink.resumeAt() == 0
            ? Optional.empty()
            : sink.version()
                .map(
                    version ->
                        new Resumption(sink.resumeAt(), version.validator(), version.size()));
    Opened opened = files.open(url, rest, pace.left());
    if (opened instanceof Opened.Expired expired) {
      throw NotYet.withoutClip(expired.what());
    }
    if (opened instanceof Opened.Failed failed) {
      pace.left();
      throw new NotYet(failed.what(), failed.retryAfter());
    }
    return (Opened.Open) opened;
  }

  private static Optional<FileVersion> version(URI url, Opened.Open open) {
    return open.validator().map(validator -> FileVersion.of(url, validator, open.size()));
  }

  private void pour(Opened.Open open, ArtifactSink sink) throws IOException {
    long most = open.size().orElse(Long.MAX_VALUE);
    if (open.size().isPresent() && most > limits.largestFile()) {
      throw tooLarge();
    }
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = read(open, buffer); read >= 0; read = read(open, buffer)) {
      if (read > most - sink.resumeAt()) {
        throw new BrokenDownloadException("more bytes came than the file has");
      }
      sink.write(buffer, 0, read);
      progress.accept(sink.resumeAt());
      pace.came(read);
    }
  }

  private int read(Opened.Open open, byte[] buffer) throws IOException {
    try {
      return open.bytes().read(buffer);
    } catch (IOException e) {
      pace.left();
      throw new BrokenConnection(
          Objects.requireNonNullElse(e.getMessage(), "the connection broke"));
    }
  }

  private static OptionalLong size(Opened.Open open, ArtifactSink sink) {
    return open.size().isEmpty() && open.endIsTold()
        ? OptionalLong.of(sink.resumeAt())
        : open.size();
  }

  private NotYet tooLarge() {
    return new NotYet(
        "the file has more than %s, the most that SEEDANCE_LARGEST_FILE allows"
            .formatted(ByteSize.inWords(limits.largestFile())));
  }

  /** What came so far may be gone on with. */
  private static final class BrokenConnection extends BrokenDownloadException {
    private static final long serialVersionUID = 1;

    BrokenConnection(String message) {
      super(message);
    }
  }
}
