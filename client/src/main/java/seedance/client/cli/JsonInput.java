package seedance.client.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violation;

/** Reads JSON from a file, or from standard input where the name is {@code -}. */
final class JsonInput {
  static final String STANDARD_INPUT = "-";

  /** The service takes 64 MB; what is larger is not even read. */
  private static final int MOST_BYTES = 64_000_000;

  private final Cli cli;

  JsonInput(Cli cli) {
    this.cli = cli;
  }

  /** What people call it. */
  static String label(String name) {
    return name.equals(STANDARD_INPUT) ? "stdin" : name;
  }

  /** Reads strictly; what cannot be read at all is a violation too. */
  Verdict<Json> read(String name) {
    byte[] text;
    if (isFolder(name)) {
      return unreadable("is a folder, not a file");
    }
    try (InputStream in = open(name)) {
      text = in.readNBytes(MOST_BYTES + 1);
    } catch (NoSuchFileException | InvalidPathException missing) {
      return unreadable("there is no such file");
    } catch (AccessDeniedException denied) {
      return unreadable("the file may not be read by us");
    } catch (IOException broken) {
      return unreadable("the file cannot be read");
    }
    return text.length > MOST_BYTES
        ? unreadable("is larger than the service's 64 MB")
        : Json.read(text);
  }

  private InputStream open(String name) throws IOException {
    if (name.equals(STANDARD_INPUT)) {
      return cli.in();
    }
    return Files.newInputStream(cli.workingDirectory().resolve(name));
  }

  private boolean isFolder(String name) {
    try {
      return !name.equals(STANDARD_INPUT)
          && Files.isDirectory(cli.workingDirectory().resolve(name));
    } catch (InvalidPathException noFile) {
      return false;
    }
  }

  private static Verdict<Json> unreadable(String why) {
    return Verdict.invalid(List.of(new Violation("$", why)));
  }
}
