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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  /**
   * Of this process, which are never opened to be looked at: on POSIX a process loses its lock on a
   * file as soon as it closes any channel to it.
   */
  private static final Set<Path> LIVE = ConcurrentHashMap.newKeySet();

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
    Path folder = Files.createTempDirectory(parent, PREFIX);
    LIVE.add(folder);
    // It gets its name with the lock on it.
    Path unlocked = folder.resolve(LOCK + "-new");
    FileChannel lock =
        FileChannel.open(unlocked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    lock.lock();
    Files.move(unlocked, folder.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
    deleteThoseOfDeadWorkers(parent, Files.getOwner(folder));
    return new Scratch(folder, lock);
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  private static void deleteThoseOfDeadWorkers(Path parent, UserPrincipal owner) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (!LIVE.contains(folder)) {
          deleteIfOfADeadWorker(folder, owner);
        }
      }
    } catch (IOException | RuntimeException e) {
      log.warn("What dead workers left in {} stays: {}", parent, e.getClass().getSimpleName());
    }
  }

  /** One that is odd does not keep the others. */
  private static void deleteIfOfADeadWorker(Path folder, UserPrincipal owner) {
    try {
      if (isOf(owner, folder) && isUnlocked(folder.resolve(LOCK))) {
        delete(folder);
      }
    } catch (IOException | RuntimeException e) {
      log.warn("What a dead worker left in {} stays: {}", folder, e.getClass().getSimpleName());
    }
  }

  /** What others make in a folder that everyone may write to is not touched. */
  private static boolean isOf(UserPrincipal owner, Path folder) throws IOException {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner);
  }

  /** One without a lock is being made, or is none of ours. */
  private static boolean isUnlocked(Path lock) throws IOException {
    if (!StoreFiles.isFile(lock)) {
      return false;
    }
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock free = channel.tryLock()) {
      return free != null;
    } catch (NoSuchFileException | OverlappingFileLockException goneOrOurs) {
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
    LIVE.remove(folder);
    lock.close();
    delete(folder);
  }
}
