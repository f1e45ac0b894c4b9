package seedance.activities.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Small files that {@link NotedReceipts} are kept in, seen by all workers. A note is there whole or
 * not at all, and its path is like {@code open/NAME}, of safe names.
 */
public interface Notes {

  /** A note may look empty for so long: on a file system without links, while it is written. */
  Duration LONGEST_WRITE = Duration.ofMinutes(1);

  /** A note that is there, and when it was written. */
  record Entry(String path, Instant writtenAt) {}

  /**
   * The first bytes of a note, at most so many.
   *
   * @return empty where there is none
   * @throws IOException when the store cannot be read
   */
  Optional<byte[]> read(String path, int most) throws IOException;

  /**
   * Writes a note unless there is one of that path, whoever else tries at the same moment.
   *
   * @return whether it is this one that is there
   * @throws IOException when the store cannot be written; then it may be there all the same
   */
  boolean writeFirst(String path, byte[] note) throws IOException;

  /** As {@link #writeFirst}, for nobody's eyes but the workers'. */
  boolean writeFirstSecret(String path, byte[] note) throws IOException;

  /**
   * Writes a note, in place of any of that path.
   *
   * @throws IOException when the store cannot be written
   */
  void write(String path, byte[] note) throws IOException;

  /**
   * Deletes a note; none of that path is as good.
   *
   * @throws IOException when the store cannot be written
   */
  void delete(String path) throws IOException;

  /**
   * Frees the path of a note that makes no sense, as its disk was full or its writer died, and
   * keeps what it holds for the operator. Where notes are never there in part, it stays.
   *
   * @throws IOException when the store cannot be written
   */
  void freeBroken(String path) throws IOException;

  /**
   * When a note was written, by the store's clock; empty where there is none.
   *
   * @throws IOException when the store cannot be read
   */
  Optional<Instant> writtenAt(String path) throws IOException;

  /**
   * The notes directly in a folder.
   *
   * @param folder such as {@code open}
   * @throws IOException when the store cannot be read
   */
  List<Entry> in(String folder) throws IOException;

  /**
   * Whether a note may be there in part, as a disk was full or its writer died. Where it is not,
   * one that makes no sense is an answer that is not to be believed.
   */
  boolean mayBeInPart();

  /** Whether {@link #in} shows whatever was written before it was asked, by any worker. */
  boolean showsAll();
}
