package seedance.activities.store;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Who can read what a folder store writes, beside its clips, frames and films: those, and the
 * folders of generations, are always as the process's umask has it, so that a web server can serve
 * them. Where the file system is not POSIX, everything is as its folder has it.
 */
public enum StoreAccess {
  /** Manifests, kept requests and receipts are for the worker's own user: prompts are in them. */
  OWNER,
  /** As the umask has it, for workers that run as several users. */
  UMASK;

  private static final FileAttribute<?>[] NONE = {};

  /** For a new file of those, with no moment in which others can read it. */
  FileAttribute<?>[] file(Path in) {
    return attributes(in, "rw-------");
  }

  /** For a new folder of those. */
  FileAttribute<?>[] folder(Path in) {
    return attributes(in, "rwx------");
  }

  private FileAttribute<?>[] attributes(Path in, String permissions) {
    boolean isPosix = in.getFileSystem().supportedFileAttributeViews().contains("posix");
    return this == OWNER && isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : NONE;
  }
}
