package seedance.activities.store;

/** What came from the file's host is something else, such as an error page. */
public final class NoMediaFileException extends BrokenDownloadException {
  private static final long serialVersionUID = 1;

  NoMediaFileException() {
    super("what came is no media file");
  }
}
