package seedance.worker.dev;

import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import io.temporal.testserver.TestServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import seedance.worker.TemporalAccess;

/**
 * The Temporal server of a development system: the one at {@code TEMPORAL_ADDRESS} if that is set,
 * else the {@code temporal} command's dev server if it is installed, else the SDK's in-memory one.
 */
public final class TemporalServer implements AutoCloseable {
  private static final int USUAL_PORT = 7233;

  private final String description;
  private final TemporalAccess access;
  private final Optional<URI> uiUrl;
  private final AutoCloseable process;

  private TemporalServer(
      String description, TemporalAccess access, Optional<URI> uiUrl, AutoCloseable process) {
    this.description = Objects.requireNonNull(description, "description");
    this.access = Objects.requireNonNull(access, "access");
    this.uiUrl = Objects.requireNonNull(uiUrl, "uiUrl");
    this.process = Objects.requireNonNull(process, "process");
  }

  /**
   * Starts or reaches the best server there is.
   *
   * @param environment {@code TEMPORAL_*} and {@code PATH} are read
   * @throws IOException when Temporal's configuration file is broken or no port is free
   */
  public static TemporalServer start(Map<String, String> environment) throws IOException {
    if (!environment.getOrDefault("TEMPORAL_ADDRESS", "").isBlank()) {
      return new TemporalServer(
          "your own server",
          TemporalAccess.fromEnvironment(environment),
          Optional.empty(),
          () -> {});
    }
    Optional<Path> command = commandOnPath(environment.getOrDefault("PATH", ""));
    return command.isPresent() ? devServer(command.get()) : inMemory();
  }

  /** The {@code temporal} command's server, with the UI; it keeps nothing when it stops. */
  public static TemporalServer devServer(Path temporalCommand) throws IOException {
    return startedOn(portNear(USUAL_PORT), port -> devServerOn(temporalCommand, port));
  }

  private static TemporalServer devServerOn(Path temporalCommand, int port) throws IOException {
    int uiPort = portNear(port <= 64_535 ? port + 1000 : 0);
    Path serverLog = Files.createTempFile("temporal-dev-server-", ".log");
    serverLog.toFile().deleteOnExit();
    TemporalDevServer server =
        TemporalDevServer.start(
            "default",
            TemporalDevServerOptions.newBuilder()
                .setExistingPath(temporalCommand.toString())
                .setDownloadEnabled(false)
                .setPort(port)
                .setUiEnabled(true)
                .setUiPort(uiPort)
                .setLogFile(serverLog.toString())
                .setExtraArgs(
                    // An idle workflow takes 64 ms with these instead of 250 ms.
                    "--dynamic-config-value",
                    "history.transferProcessorMaxPollRPS=500",
                    "--dynamic-config-value",
                    "history.timerProcessorMaxPollRPS=500",
                    // Timers of less than a second, which a fast simulation needs.
                    "--dynamic-config-value",
                    "history.timerProcessorMaxTimeShift=\"20ms\"",
                    // A server in earnest may let people pause a workflow.
                    "--dynamic-config-value",
                    "frontend.WorkflowPauseEnabled=true")
                .build());
    return new TemporalServer(
        "the real dev server",
        TemporalAccess.at(server.getTarget()),
        Optional.of(URI.create("http://localhost:" + uiPort)),
        server);
  }

  /** The SDK's own server, in this process. */
  public static TemporalServer inMemory() throws IOException {
    return startedOn(portNear(USUAL_PORT), TemporalServer::inMemoryOn);
  }

  static TemporalServer inMemoryOn(int port) {
    TestServer.PortBoundTestServer server = TestServer.createPortBoundServer(port);
    return new TemporalServer(
        "the in-memory server: no UI, no lists, nothing kept; install the temporal command for"
            + " these",
        TemporalAccess.inMemoryAt("127.0.0.1:" + port),
        Optional.empty(),
        server);
  }

  /** Which kind of server it is, and what it lacks, for people. */
  public String description() {
    return description;
  }

  /** How to reach it. */
  public TemporalAccess access() {
    return access;
  }

  /** {@code host:port}. */
  public String address() {
    return access.address();
  }

  /** The web UI; empty where there is none or where it is not known. */
  public Optional<URI> uiUrl() {
    return uiUrl;
  }

  @Override
  public void close() {
    try {
      process.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Finds {@code temporal} among the folders of {@code PATH}. */
  public static Optional<Path> commandOnPath(String path) {
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "temporal"))
        .filter(Files::isExecutable)
        .filter(Files::isRegularFile)
        .map(Path::toAbsolutePath)
        .findFirst();
  }

  /** Starts a server on a port. */
  interface Start {
    TemporalServer on(int port) throws IOException;
  }

  /**
   * A port that was free may be taken a moment later, by a second system that starts: once more.
   */
  static TemporalServer startedOn(int port, Start start) throws IOException {
    try {
      return start.on(port);
    } catch (IOException | RuntimeException taken) {
      return start.on(portNear(0));
    }
  }

  /** The usual port if it is free, else any that is. */
  private static int portNear(int usual) throws IOException {
    try (ServerSocket socket = new ServerSocket(usual, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException taken) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }
  }
}
