package seedance.client;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.generation.VideoGenerationWorkflowImpl;
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
  private final WorkflowServiceStubs stubs;
  private final WorkerFactory factory;
  private final WorkflowClient workflowClient;
  private final FakeActivities activities = new FakeActivities();
  private final String address;

  public InMemorySystem() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    server = TestServer.createPortBoundServer(port);
    address = "127.0.0.1:" + port;
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
    workflowClient =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder()
                .setWorkerHeartbeatInterval(Duration.ofSeconds(-1))
                .build());
    factory =
        WorkerFactory.newInstance(
            workflowClient,
            WorkerFactoryOptions.newBuilder()
                .setShutdownCheckInterval(Duration.ofMillis(5))
                .build());
    Worker worker = factory.newWorker(VideoGenerationWorkflow.DEFAULT_TASK_QUEUE);
    worker.registerWorkflowImplementationTypes(VideoGenerationWorkflowImpl.class);
    worker.registerActivitiesImplementations(activities);
    factory.start();
  }

  /** {@code host:port}. */
  public String address() {
    return address;
  }

  public WorkflowClient workflowClient() {
    return workflowClient;
  }

  public FakeActivities activities() {
    return activities;
  }

  @Override
  public void close() {
    activities.release();
    factory.shutdownNow();
    stubs.shutdownNow();
    server.close();
  }
}
