package seedance.activities.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A file that is being written under a name of its own, and gets its final name once it is whole
 * and on the disk. Closed without that, it is gone unless it is kept. A link that has the final
 * name is replaced, and what it leads to is as before.
 */
final class PartFile implements AutoCloseable {
  private static final String SUFFIX = ".part";

  /** After that of the file, for what is noted of it. */
  private static final String NOTE_SUFFIX = ".json";

  /** Never through a link. */
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final Path folder;
  private final Path part;
  private final FileAttribute<?>[] attributes;
  private final FileChannel channel;
  private boolean isKept;

  private PartFile(Path folder, Path part, FileAttribute<?>[] attributes) throws IOException {
    this.folder = folder;
    this.part = part;
    this.attributes = attributes;
    this.channel = FileChannel.open(part, NEW, attributes);
  }

  /**
   * @param folder where the file will be; it is there already
   * @param name for whoever finds the file of a dead worker
   * @param attributes which the file has from the first moment
   */
  static PartFile in(Path folder, String name, FileAttribute<?>... attributes) throws IOException {
    Path part = folder.resolve("." + name + "-" + UUID.randomUUID() + SUFFIX);
    return new PartFile(folder, part, attributes);
  }

  /**
   * Deletes what dead workers left behind, where live ones write the same.
   *
   * @param age that no live one's file has
   * @param name as for {@link #in}; empty for files of any name
   */
  static void deleteThoseOlderThan(Duration age, Path folder, String name) throws IOException {
    Instant old = Instant.now().minus(age);
    for (Path part : filesIn(folder, name, SUFFIX)) {
      if (StoreFiles.writtenAt(part).filter(old::isAfter).isPresent()) {
        delete(part);
      }
    }
  }

  /**
   * Deletes what dead workers left behind.
   *
   * @param name as for {@link #in}; empty for files of any name
   */
  static void deleteThoseOfDeadWorkers(Path folder, String name) throws IOException {
    for (Path part : filesIn(folder, name, SUFFIX)) {
      delete(part);
    }
    // Noted by a frozen worker after its file had been deleted.
    for (Path note : filesIn(folder, name, SUFFIX + NOTE_SUFFIX)) {
      Files.deleteIfExists(note);
    }
  }

  /**
   * Lists what other attempts are writing, or left behind.
   *
   * @param name as for {@link #in}; empty for files of any name
   */
  static List<Path> partsIn(Path folder, String name) throws IOException {
    return filesIn(folder, name, SUFFIX);
  }

  private static List<Path> filesIn(Path folder, String name, String suffix) throws IOException {
    String prefix = name.isEmpty() ? "." : "." + name + "-";
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .filter(file -> file.getFileName().toString().endsWith(suffix))
          .toList();
    }
  }

  /** Where is noted, beside a file that is being written, what of it is on the disk. */
  static Path noteOn(Path part) {
    return part.resolveSibling(part.getFileName() + NOTE_SUFFIX);
  }

  /** Deletes a file that was being written, and what was noted of it. */
  static void delete(Path part) throws IOException {
    Files.deleteIfExists(part);
    Files.deleteIfExists(noteOn(part));
  }

  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Empties the file. */
  void empty() throws IOException {
    channel.truncate(0);
  }

  /** Brings what was written to the disk. */
  void force() throws IOException {
    channel.force(true);
  }

  /** Lets the file stay where it is when it is closed. */
  void keep() {
    isKept = true;
  }

  /** Where the file is until it has its name, for whoever writes it by its path. */
  Path path() {
    return part;
  }

  /** Gives the file its name, in place of any that had it. */
  void moveTo(String name) throws IOException {
    finish();
    Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    syncFolder();
  }

  /**
   * Gives the file its name unless another has it, whoever else tries at the same moment.
   *
   * @return whether it got the name
   */
  boolean claim(String name) throws IOException {
    finish();
    Path file = folder.resolve(name);
    try {
      Files.createLink(file, part);
    } catch (FileAlreadyExistsException taken) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
      if (!copied(file)) {
        return false;
      }
    }
    syncFolder();
    return true;
  }

  /** Where a file system has no links: whoever makes the file has it, though empty at first. */
  private boolean copied(Path file) throws IOException {
    byte[] content = Files.readAllBytes(part);
    try (FileChannel claimed = FileChannel.open(file, NEW, attributes)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        claimed.write(bytes);
      }
      claimed.force(true);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
  }

  private void finish() throws IOException {
    force();
    channel.close();
  }

  /** The name itself lives in the folder, which has to reach the disk too. */
  private void syncFolder() throws IOException {
    try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
      entry.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!isKept) {
      delete(part);
    }
  }
}
