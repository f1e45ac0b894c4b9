package seedance.worker.chaos;

import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real dev server that keeps its state in a file, so that it can be killed and go on. */
final class TemporalOnDisk implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int ATTEMPTS = 5;

  private final int port;
  private final ChildProcess server;
  private final WorkflowServiceStubs stubs;

  private TemporalOnDisk(int port, ChildProcess server) {
    this.port = port;
    this.server = server;
    this.stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget("127.0.0.1:" + port).build());
  }

  /**
   * @param command the {@code temporal} command
   * @param folder where the state and the log are kept
   */
  static TemporalOnDisk start(Path command, Path folder) throws IOException {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      TemporalOnDisk temporal = on(freePort(), command, folder);
      if (temporal.becomesReady()) {
        return temporal;
      }
      // Someone was faster at its port.
      temporal.close();
    }
    throw new IOException("the server does not start, see " + folder);
  }

  private static TemporalOnDisk on(int port, Path command, Path folder) {
    List<String> line =
        List.of(
            command.toString(),
            "server",
            "start-dev",
            "--headless",
            "--port",
            String.valueOf(port),
            "--db-filename",
            folder.resolve("temporal.db").toString(),
            "--sqlite-pragma",
            "journal_mode=WAL",
            "--sqlite-pragma",
            "synchronous=NORMAL",
            "--log-level",
            "error",
            "--dynamic-config-value",
            "history.timerProcessorMaxTimeShift=\"20ms\"");
    TemporalOnDisk temporal =
        new TemporalOnDisk(port, new ChildProcess(line, Map.of(), folder.resolve("temporal.log")));
    temporal.server.start();
    return temporal;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  /** Reaches the server directly, without a proxy. */
  WorkflowServiceStubs stubs() {
    return stubs;
  }

  /** Kills the server and starts it again, on the same port and file. */
  void restart() {
    server.kill();
    do {
      // A connection of someone else may have the port for a moment.
      server.start();
    } while (!becomesReady() && !server.isClosed());
  }

  /** Waits until it answers; false if it ended before. */
  private boolean becomesReady() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
        .until(
            () ->
                !server.isRunning()
                    || stubs
                        .blockingStub()
                        .withDeadlineAfter(2, TimeUnit.SECONDS)
                        .describeNamespace(
                            DescribeNamespaceRequest.newBuilder().setNamespace("default").build())
                        .hasNamespaceInfo());
    return server.isRunning();
  }

  @Override
  public void close() {
    stubs.shutdownNow();
    server.close();
  }
}
