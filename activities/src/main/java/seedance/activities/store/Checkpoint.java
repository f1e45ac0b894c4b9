package seedance.activities.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.WireForm;

/**
 * What is surely on the disk of a file that is being written, noted beside it for the attempt that
 * comes after a death. By the hash it is known whether those bytes are still what came.
 *
 * @param source as in {@link FileVersion}
 * @param validator as in {@link FileVersion}
 * @param size of the whole file; null where it is not known
 * @param bytes how many are there, 1 or more
 * @param sha256 of those, in lower-case hex
 */
@WireForm
record Checkpoint(String source, String validator, @Nullable Long size, long bytes, String sha256) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int LARGEST = 4096;

  Checkpoint {
    Objects.requireNonNull(sha256, "sha256");
    version(source, validator, size);
    if (bytes < 1 || size != null && size < bytes) {
      throw new IllegalArgumentException("there is no such checkpoint");
    }
  }

  static Checkpoint of(FileVersion version, Arrival arrival) {
    return new Checkpoint(
        version.source(),
        version.validator(),
        version.size().isPresent() ? version.size().getAsLong() : null,
        arrival.bytes(),
        arrival.sha256());
  }

  /** Of a file that is being written; empty where none can be made out. */
  static Optional<Checkpoint> of(Path part) throws IOException {
    try (InputStream json = StoreFiles.open(PartFile.noteOn(part))) {
      return Optional.ofNullable(JSON.readValue(json.readNBytes(LARGEST), Checkpoint.class));
    } catch (NoSuchFileException | JsonProcessingException none) {
      return Optional.empty();
    }
  }

  /** Notes it, in place of an earlier one. */
  void write(Path part) throws IOException {
    try (PartFile note = PartFile.in(Objects.requireNonNull(part.getParent()), "checkpoint")) {
      note.write(ByteBuffer.wrap(JSON.writeValueAsBytes(this)));
      note.moveTo(PartFile.noteOn(part).getFileName().toString());
    }
  }

  FileVersion version() {
    return version(source, validator, size);
  }

  private static FileVersion version(String source, String validator, @Nullable Long size) {
    return new FileVersion(
        source, validator, size == null ? OptionalLong.empty() : OptionalLong.of(size));
  }
}
