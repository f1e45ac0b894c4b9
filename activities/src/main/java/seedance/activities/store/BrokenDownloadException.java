package seedance.activities.store;

import java.io.IOException;

/** What came from the file's host is not the whole file; downloading it again may help. */
public final class BrokenDownloadException extends IOException {
  private static final long serialVersionUID = 1;

  BrokenDownloadException(String message) {
    super(message);
  }

  BrokenDownloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
