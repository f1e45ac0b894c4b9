package seedance.activities.store;

import java.io.IOException;

/** A file has more bytes than the operator lets one have; downloading it again does not help. */
public final class FileTooLargeException extends IOException {
  private static final long serialVersionUID = 1;

  FileTooLargeException() {
    super("the file is larger than the operator's limit");
  }
}
