package seedance.client;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.testserver.TestServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import seedance.workflows.json.Json;

/**
 * The SDK's in-memory server on a port, with a worker that has {@link FakeActivities}. Its time is
 * the wall clock's and never skips. A cancel that meets a timer strands its workflow on this server
 * (sdk-java issues 2606 and 3088): cancel what is {@code held}, and has been looked at.
 */
public final class InMemorySystem implements AutoCloseable {
  /** A request that keeps to the rules. */
  public static final Json BODY =
      new Json(
          Map.of(
              "model",
              "doubao-seedance-2-0",
              "content",
              List.of(Map.of("type", "text", "text", "a secret cat"))));

  /** Someone else may take a port between its being found free and its being bound. */
  private static final int PORTS_TO_TRY = 20;

  private TestServer.PortBoundTestServer server;
  private final FakeWorker worker;
  private String address;

  /**
   * @param moreWorkflows of a test's own, for the same worker
   */
  public InMemorySystem(Class<?>... moreWorkflows) throws IOException {
    for (int tried = 1; server == null; tried++) {
      int port;
      try (ServerSocket free = new ServerSocket(0)) {
        port = free.getLocalPort();
      }
      try {
        server = TestServer.createPortBoundServer(port);
        address = "127.0.0.1:" + port;
      } catch (RuntimeException taken) {
        if (tried == PORTS_TO_TRY) {
          throw taken;
        }
      }
    }
    worker = new FakeWorker(address, moreWorkflows);
  }

  /**
   * A wait that a busy machine has time for: a worker may not answer yet, and a child not be there.
   * Awaitility keeps only the last word on what is ignored, so it is said here once.
   */
  public static ConditionFactory await() {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptionsMatching(
            e -> e instanceof NoWorkerAnswersException || e instanceof WorkflowNotFoundException);
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
