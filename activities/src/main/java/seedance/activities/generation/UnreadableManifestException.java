package seedance.activities.generation;

import java.io.IOException;

/**
 * A manifest is there, and is none or says what cannot be: the store works, and to read it again
 * will not help.
 */
public final class UnreadableManifestException extends IOException {
  private static final long serialVersionUID = 1L;
  private final String why;

  UnreadableManifestException() {
    this("the manifest in it is not readable");
  }

  UnreadableManifestException(String why) {
    super(why);
    this.why = why;
  }

  /** What is wrong with it, in one line for people. */
  public String why() {
    return why;
  }
}
