package seedance.workflows.json;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A JSON file of the operator's that cannot be used. Its message names every mistake on a line of
 * its own, as {@code file:line:column: what}.
 */
public final class InvalidFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidFileException(List<String> mistakes) {
    super(String.join("\n", mistakes));
  }

  InvalidFileException(Path file, IOException cause) {
    super(file + ": " + reason(cause), cause);
  }

  private static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "there is no such file";
    }
    return cause instanceof CharacterCodingException
        ? "is not UTF-8 text: save it as UTF-8"
        : "cannot be read (" + cause.getClass().getSimpleName() + ")";
  }
}
