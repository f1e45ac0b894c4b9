package seedance.worker.dev;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Commands that some tests need; where one is absent, its tests are skipped, saying so. */
public final class Tools {
  private Tools() {}

  /** The {@code temporal} command. */
  public static Path temporal() {
    Optional<Path> command = TemporalServer.commandOnPath(System.getenv("PATH"));
    Assumptions.assumeTrue(command.isPresent(), "skipped: the temporal command is not on the PATH");
    return command.get();
  }

  /** A Python that has Temporal's SDK. */
  public static Path pythonWithTemporalio() throws InterruptedException {
    Assumptions.assumeTrue(
        isThere("python3", "-c", "import temporalio"),
        "skipped: there is no python3 on the PATH with the package temporalio");
    return Path.of("python3");
  }

  private static boolean isThere(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }
}
