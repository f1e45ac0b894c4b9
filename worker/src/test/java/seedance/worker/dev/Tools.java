package seedance.worker.dev;

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
}
