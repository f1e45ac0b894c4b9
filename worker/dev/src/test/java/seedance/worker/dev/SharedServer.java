package seedance.worker.dev;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The real dev server, one for all tests of this JVM, as each takes a second and a process. It ends
 * with the JVM.
 */
public final class SharedServer {
  private static TemporalServer server;

  private SharedServer() {}

  /** Starts it if it was not; skips the test where the {@code temporal} command is absent. */
  public static TemporalServer real() throws IOException {
    return startedBy(Tools.temporal());
  }

  private static synchronized TemporalServer startedBy(Path temporalCommand) throws IOException {
    if (server == null) {
      server = TemporalServer.devServer(temporalCommand);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shared-server"));
    }
    return server;
  }

  /**
   * The environment of a system on it, with a task queue that no one else has. Where the {@code
   * temporal} command is absent, the system has an in-memory server of its own.
   */
  public static Map<String, String> environment() throws IOException {
    Optional<Path> temporalCommand = TemporalServer.commandOnPath(System.getenv("PATH"));
    return temporalCommand.isPresent()
        ? Map.of(
            "TEMPORAL_ADDRESS",
            startedBy(temporalCommand.get()).address(),
            "SEEDANCE_TASK_QUEUE",
            "test-" + UUID.randomUUID())
        : Map.of();
  }
}
