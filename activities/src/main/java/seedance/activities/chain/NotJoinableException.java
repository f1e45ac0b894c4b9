package seedance.activities.chain;

import java.io.IOException;

/** There will be no film, for a reason that another try does not change. */
final class NotJoinableException extends IOException {
  private static final long serialVersionUID = 1;

  private final String what;

  /**
   * @param what one line for people, without a path
   */
  NotJoinableException(String what) {
    super(what);
    this.what = what;
  }

  String what() {
    return what;
  }
}
