package seedance.activities.generation;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import seedance.activities.store.BrokenDownloadException;
import seedance.activities.store.NoMediaFileException;

/** Says for people what is wrong with the store, or with what was to go into it. */
public final class StoreTrouble {
  private StoreTrouble() {}

  /** One line without a path. */
  public static String inWords(IOException e) {
    if (e instanceof NoMediaFileException) {
      return reason(e);
    }
    if (e instanceof BrokenDownloadException) {
      return "the download did not arrive whole: " + e.getMessage();
    }
    return "the store does not work: " + reason(e);
  }

  /** Of a bug: where it is. Its message may hold a URL. */
  static String inWords(RuntimeException bug) {
    String where =
        Arrays.stream(bug.getStackTrace()).findFirst().map(line -> " at " + line).orElse("");
    return "a bug: " + bug.getClass().getSimpleName() + where;
  }

  /** Without the path, which the message of a {@link FileSystemException} begins with. */
  private static String reason(IOException e) {
    if (e instanceof FileAlreadyExistsException) {
      return "a file is in the way";
    }
    if (e instanceof NoSuchFileException) {
      return "a file or folder is gone";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
