package seedance.activities.generation;

import java.io.IOException;

/**
 * A manifest is there, and is none or says what cannot be: the store works, and to read it again
 * will not help.
 */
public final class UnreadableManifestException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableManifestException() {
    this("the manifest in it is not readable");
  }

  UnreadableManifestException(String message) {
    super(message);
  }
}
