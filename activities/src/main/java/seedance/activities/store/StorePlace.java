package seedance.activities.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import seedance.workflows.generation.Artifact;

/** One task's files in the store. A file is there whole or not at all. */
public interface StorePlace {

  /** Where the place is. */
  URI location();

  /**
   * The finished file of a kind, with its hash as it is on disk now.
   *
   * @throws IOException when the store cannot be read
   */
  Optional<Artifact> find(Artifact.Kind kind) throws IOException;

  /**
   * Streams a file into the store with constant memory; on return it is durable, under its final
   * name.
   *
   * @param content its exceptions' messages are shown to people
   * @param expectedBytes what the file's host announced; empty where it announced nothing
   * @param bytesSoFar told the count as bytes arrive
   * @throws BrokenDownloadException when {@code content} fails, ends early or is no media file
   * @throws IOException when the store cannot be written
   */
  Artifact save(
      Artifact.Kind kind, InputStream content, OptionalLong expectedBytes, LongConsumer bytesSoFar)
      throws IOException;

  /**
   * The manifest's JSON.
   *
   * @throws IOException when the store cannot be read
   */
  Optional<byte[]> manifest() throws IOException;

  /**
   * Writes the manifest, which says that everything else is there.
   *
   * @return where it is
   * @throws IOException when the store cannot be written
   */
  URI saveManifest(byte[] json) throws IOException;

  /** Where the manifest is, or will be. */
  URI manifestLocation();
}
