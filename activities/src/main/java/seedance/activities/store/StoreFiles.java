package seedance.activities.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What is below the operator's folder, where no symbolic link is followed: a folder that is one is
 * an error, a file that is one is not there. The operator's folder itself may be a link, as it is
 * the operator's word. It is made once at most: where it is gone later it is away, say not mounted,
 * and what is made in its place would be hidden once it is back.
 *
 * <p>Folders are looked at just before they are used, and files are opened without following. Who
 * may write into the store while a worker does can still put a link in place of a folder between
 * the two.
 */
class StoreFiles {
  private static final FileAttribute<?>[] BY_UMASK = {};

  private final Path root;
  private final StoreAccess access;
  private volatile boolean wasThere;

  /**
   * @param root absolute and normalized
   */
  StoreFiles(Path root, StoreAccess access) {
    this.root = root;
    this.access = Objects.requireNonNull(access, "access");
    this.wasThere = Files.isDirectory(root);
  }

  Path root() {
    return root;
  }

  StoreAccess access() {
    return access;
  }

  /**
   * Makes a folder where it is not there, and those that it is in.
   *
   * @throws IOException when something else, a link too, is in the way
   */
  Path makeFolder(Path folder) throws IOException {
    return makeFolder(folder, BY_UMASK);
  }

  /** As {@link #makeFolder}, each new one for those alone who may read prompts. */
  Path makePrivateFolder(Path folder) throws IOException {
    return makeFolder(folder, access.folder(root));
  }

  private Path makeFolder(Path folder, FileAttribute<?>[] attributes) throws IOException {
    makeRoot();
    Path at = root;
    for (Path name : root.relativize(folder)) {
      at = at.resolve(name);
      if (!isFolderItself(at)) {
        try {
          Files.createDirectory(at, attributes);
        } catch (FileAlreadyExistsException another) {
          if (!isFolderItself(at)) {
            throw another;
          }
        }
      }
    }
    return folder;
  }

  /**
   * Makes the operator's folder where it never was there.
   *
   * @throws IOException when it was, and is not now; or cannot be made
   */
  void makeRoot() throws IOException {
    if (wasThere) {
      requireRoot();
    } else if (!Files.isDirectory(root)) {
      Files.createDirectories(root);
    }
    wasThere = true;
  }

  /**
   * Proves that the operator's folder is there, for whoever would take it for empty or make it.
   *
   * @throws IOException when it is away, say not mounted
   */
  void requireRoot() throws IOException {
    if (!Files.isDirectory(root)) {
      throw new IOException("its folder is not there");
    }
    wasThere = true;
  }

  /**
   * Whether a folder is there.
   *
   * @throws IOException when something else, a link too, is in the way, or the operator's folder
   *     was there and is not now
   */
  boolean isFolder(Path folder) throws IOException {
    if (wasThere) {
      requireRoot();
    }
    Path at = root;
    for (Path name : root.relativize(folder)) {
      at = at.resolve(name);
      if (!isFolderItself(at)) {
        if (!isThere(at)) {
          return false;
        }
        // Another may have made it in between.
        if (!isFolderItself(at)) {
          throw new FileAlreadyExistsException(at.toString());
        }
      }
    }
    return true;
  }

  private static boolean isFolderItself(Path path) throws IOException {
    Optional<BasicFileAttributes> there = attributes(path);
    if (there.isPresent() && isLink(there.get())) {
      throw new FileSystemException(path.toString(), null, "a symbolic link is in the way");
    }
    return there.filter(BasicFileAttributes::isDirectory).isPresent();
  }

  /** Windows has folders that lead elsewhere and are no links to Java. */
  private static boolean isLink(BasicFileAttributes attributes) {
    return attributes.isSymbolicLink() || attributes.isDirectory() && attributes.isOther();
  }

  /**
   * Whether a name is something else's: a file's, or a folder's whose own name is spelled in
   * another case, on a file system that knows none.
   */
  boolean isTaken(Path path) throws IOException {
    Optional<BasicFileAttributes> there = attributes(path);
    if (there.isEmpty() || isLink(there.get())) {
      return false;
    }
    return !there.get().isDirectory()
        || !spelled(nameOnDisk(path)).equals(spelled(path.getFileName().toString()));
  }

  /** Some file systems give another of Unicode's forms back than they were given. */
  private static String spelled(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  String nameOnDisk(Path path) throws IOException {
    return path.toRealPath().getFileName().toString();
  }

  /** Whether anything at all has a name. */
  static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether a file is there, and is no link, pipe or device. */
  static boolean isFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** When a file was last written; empty where there is none. */
  static Optional<Instant> writtenAt(Path file) throws IOException {
    return attributes(file)
        .filter(BasicFileAttributes::isRegularFile)
        .map(there -> there.lastModifiedTime().toInstant());
  }

  private static Optional<BasicFileAttributes> attributes(Path path) throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /**
   * Opens a file.
   *
   * @throws NoSuchFileException when there is none
   */
  static InputStream open(Path file) throws IOException {
    if (!isFile(file)) {
      // To open a pipe would wait for who writes into it.
      throw new NoSuchFileException(file.toString());
    }
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** The first bytes of a file, at most so many; empty where there is none. */
  static Optional<byte[]> read(Path file, int most) throws IOException {
    try (InputStream content = open(file)) {
      return Optional.of(content.readNBytes(most));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }
}
