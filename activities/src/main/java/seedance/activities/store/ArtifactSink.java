package seedance.activities.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import seedance.workflows.generation.Artifact;

/**
 * A file on its way into the store. Nothing is seen of it under its name before it is finished.
 *
 * <p>Of one sink, {@link #finish} and {@link #abandon} end it. Closed without either, what came so
 * far stays for a later attempt where the store can keep it, and is gone where it cannot.
 */
public interface ArtifactSink extends Closeable {

  /**
   * How many bytes are there, by this attempt or by an earlier one whose bytes were kept: the next
   * one goes there.
   */
  long resumeAt();

  /** Of which version those bytes are; empty where more cannot be added to them. */
  Optional<FileVersion> version();

  /**
   * Drops what is there. The file starts anew.
   *
   * @param version which one follows; empty where it is not known, so that it has to come in one
   *     piece
   * @throws IOException when the store does not work
   */
  void startOver(Optional<FileVersion> version) throws IOException;

  /**
   * Adds bytes.
   *
   * @throws BrokenDownloadException as soon as the file cannot be one of its kind
   * @throws FileTooLargeException when it is larger than it may be
   * @throws IOException when the store does not work
   */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /**
   * Gives the file its name, in place of any that had it. On return it is durable.
   *
   * @param size how many bytes it has, as its host says; empty where that is not said
   * @throws BrokenDownloadException when it is not whole; then all of it is gone
   * @throws IOException when the store does not work
   */
  Artifact finish(OptionalLong size) throws IOException;

  /** Gives the file up: all of it is gone. */
  void abandon() throws IOException;
}
