package seedance.activities.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of this machine for files that are needed for a while, in the one that {@code
 * java.io.tmpdir} names. It is gone when it is closed; those of dead workers go when the next one
 * is made, as their locks are free.
 */
public final class Scratch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Scratch.class);
  private static final String PREFIX = "seedance-scratch-";
  private static final String LOCK = ".lock";

  private final Path folder;
  private final FileChannel lock;

  private Scratch(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Makes one, for its owner alone.
   *
   * @throws IOException when the machine has no place for it
   */
  public static Scratch make() throws IOException {
    return makeIn(Path.of(System.getProperty("java.io.tmpdir")));
  }

  static Scratch makeIn(Path parent) throws IOException {
    deleteThoseOfDeadWorkers(parent);
    Path folder = Files.createTempDirectory(parent, PREFIX);
    FileChannel lock =
        FileChannel.open(
            folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    lock.lock();
    return new Scratch(folder, lock);
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  private static void deleteThoseOfDeadWorkers(Path parent) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && isOfADeadWorker(folder)) {
          delete(folder);
        }
      }
    } catch (IOException | RuntimeException e) {
      log.warn("What dead workers left in {} stays: {}", parent, e.getClass().getSimpleName());
    }
  }

  /** One without a lock is being made. */
  private static boolean isOfADeadWorker(Path folder) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock free = channel.tryLock()) {
      return free != null;
    } catch (NoSuchFileException | OverlappingFileLockException beingMadeOrOurOwn) {
      return false;
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
    delete(folder);
  }
}
