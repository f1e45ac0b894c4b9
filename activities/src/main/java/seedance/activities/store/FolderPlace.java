package seedance.activities.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import seedance.workflows.generation.Artifact;

/** One folder of a {@link FolderStore}. */
final class FolderPlace implements StorePlace {
  private static final String MANIFEST = "manifest.json";
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path folder;

  FolderPlace(Path folder) {
    this.folder = folder;
  }

  @Override
  public URI location() {
    return folder.toUri();
  }

  @Override
  public Optional<Artifact> find(Artifact.Kind kind) throws IOException {
    for (MediaType type : MediaType.values()) {
      Path file = folder.resolve(nameOf(kind, type));
      if (Files.isRegularFile(file)) {
        return Optional.of(artifact(kind, type, file, Files.size(file), hashOf(file)));
      }
    }
    return Optional.empty();
  }

  @Override
  public Artifact save(
      Artifact.Kind kind, InputStream content, OptionalLong expectedBytes, LongConsumer bytesSoFar)
      throws IOException {
    try (PartFile part = PartFile.in(folder, kind.fileName())) {
      MessageDigest sha256 = sha256();
      byte[] head = new byte[0];
      long bytes = 0;
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = fill(content, buffer); read > 0; read = fill(content, buffer)) {
        if (bytes == 0) {
          head = Arrays.copyOf(buffer, Math.min(read, MediaType.SNIFFED_BYTES));
        }
        sha256.update(buffer, 0, read);
        part.write(ByteBuffer.wrap(buffer, 0, read));
        bytes += read;
        bytesSoFar.accept(bytes);
      }
      if (expectedBytes.isPresent() && expectedBytes.getAsLong() != bytes) {
        throw new BrokenDownloadException(
            "%d of %d bytes came".formatted(bytes, expectedBytes.getAsLong()));
      }
      MediaType type =
          MediaType.sniff(head)
              .orElseThrow(() -> new BrokenDownloadException("what came is no media file"));
      part.moveTo(nameOf(kind, type));
      PartFile.deleteThoseOfDeadWorkers(folder, kind.fileName());
      return artifact(
          kind,
          type,
          folder.resolve(nameOf(kind, type)),
          bytes,
          HexFormat.of().formatHex(sha256.digest()));
    }
  }

  @Override
  public Optional<byte[]> manifest() throws IOException {
    Path file = folder.resolve(MANIFEST);
    return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
  }

  /** When the manifest was written; empty where there is none. */
  Optional<Instant> finishedAt() throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(folder.resolve(MANIFEST)).toInstant());
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  @Override
  public URI saveManifest(byte[] json) throws IOException {
    try (PartFile part = PartFile.in(folder, MANIFEST)) {
      part.write(ByteBuffer.wrap(json));
      part.moveTo(MANIFEST);
    }
    PartFile.deleteThoseOfDeadWorkers(folder, "");
    return manifestLocation();
  }

  @Override
  public URI manifestLocation() {
    return folder.resolve(MANIFEST).toUri();
  }

  /** Reads until the buffer is full or the stream ends, so that the first bytes come together. */
  private static int fill(InputStream content, byte[] buffer) throws BrokenDownloadException {
    try {
      return content.readNBytes(buffer, 0, buffer.length);
    } catch (IOException e) {
      throw new BrokenDownloadException(e.getMessage(), e);
    }
  }

  private static String nameOf(Artifact.Kind kind, MediaType type) {
    return kind.fileName() + "." + type.extension();
  }

  private static Artifact artifact(
      Artifact.Kind kind, MediaType type, Path file, long bytes, String sha256) {
    return new Artifact(kind, file.toUri(), type.mimeType(), bytes, sha256);
  }

  /** The SHA-256 of a file, in lower-case hex. */
  static String hashOf(Path file) throws IOException {
    MessageDigest sha256 = sha256();
    try (InputStream content = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = content.read(buffer); read > 0; read = content.read(buffer)) {
        sha256.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
