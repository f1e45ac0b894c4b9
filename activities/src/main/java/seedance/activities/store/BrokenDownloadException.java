package seedance.activities.store;

import java.io.IOException;

/** What came from the file's host is not the whole file; downloading it again may help. */
public class BrokenDownloadException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * @param message is shown to people, and is in our own words
   */
  public BrokenDownloadException(String message) {
    super(message);
  }
}
