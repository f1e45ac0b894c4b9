package seedance.activities.provider;

import java.util.List;

/**
 * A file of words that cannot be used. Its message names every mistake on a line of its own, as
 * {@code file:line:column: what}.
 */
public final class InvalidServiceWordsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidServiceWordsException(List<String> mistakes) {
    super(String.join("\n", mistakes));
  }
}
