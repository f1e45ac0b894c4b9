package seedance.client;

import io.temporal.client.WorkflowClient;
import io.temporal.testserver.TestServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import seedance.workflows.request.AnyJson;

/** The SDK's in-memory server on a port, with a worker that has {@link FakeActivities}. */
public final class InMemorySystem implements AutoCloseable {
  /** A request that keeps to the rules. */
  public static final AnyJson BODY =
      new AnyJson(
          Map.of(
              "model",
              "doubao-seedance-2-0",
              "content",
              List.of(Map.of("type", "text", "text", "a secret cat"))));

  private final TestServer.PortBoundTestServer server;
  private final FakeWorker worker;
  private final String address;

  /**
   * @param moreWorkflows of a test's own, for the same worker
   */
  public InMemorySystem(Class<?>... moreWorkflows) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    server = TestServer.createPortBoundServer(port);
    address = "127.0.0.1:" + port;
    worker = new FakeWorker(address, moreWorkflows);
  }

  /** {@code host:port}. */
  public String address() {
    return address;
  }

  public WorkflowClient workflowClient() {
    return worker.workflowClient();
  }

  public FakeActivities activities() {
    return worker.activities();
  }

  @Override
  public void close() {
    worker.close();
    server.close();
  }
}
