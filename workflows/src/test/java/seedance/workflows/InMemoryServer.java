package seedance.workflows;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;

/**
 * The SDK's in-memory server with one worker, neither in a hurry, so that a busy machine makes no
 * test fail. Its time passes as {@link VirtualTime} says.
 */
public final class InMemoryServer implements AutoCloseable {
  private static final String TASK_QUEUE = "seedance";

  /** As many as a worker keeps by default. */
  public static final int USUAL_CACHE = 600;

  private static final Duration RPC_TIMEOUT = Duration.ofSeconds(60);

  /** The server's ten seconds are too short for large chains on a busy machine. */
  private static final Duration WORKFLOW_TASK_TIMEOUT = Duration.ofSeconds(60);

  /** The SDK's second is too short on a busy machine. */
  private static final Duration DEADLOCK_TIMEOUT = Duration.ofSeconds(30);

  private final TestWorkflowEnvironment server;
  private final Worker worker;
  private final VirtualTime time;
  private final WorkflowClient client;

  /**
   * @param workflowCacheSize how many workflows the worker keeps in memory; 0 makes every workflow
   *     task a full replay
   */
  public InMemoryServer(int workflowCacheSize) {
    server =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowServiceStubsOptions(
                    WorkflowServiceStubsOptions.newBuilder()
                        .setRpcTimeout(RPC_TIMEOUT)
                        .setRpcQueryTimeout(RPC_TIMEOUT)
                        .build())
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder()
                        .setWorkflowCacheSize(workflowCacheSize)
                        .setShutdownCheckInterval(Duration.ofMillis(5))
                        .build())
                .build());
    worker =
        server.newWorker(
            TASK_QUEUE,
            WorkerOptions.newBuilder()
                .setDefaultDeadlockDetectionTimeout(DEADLOCK_TIMEOUT.toMillis())
                .build());
    time = new VirtualTime(server);
    client =
        clientOf(
            server,
            WorkflowClientOptions.newBuilder().setInterceptors(time.interceptor(clientOf(server))));
  }

  private static WorkflowClient clientOf(TestWorkflowEnvironment server) {
    return clientOf(server, WorkflowClientOptions.newBuilder());
  }

  private static WorkflowClient clientOf(
      TestWorkflowEnvironment server, WorkflowClientOptions.Builder options) {
    return WorkflowClient.newInstance(
        server.getWorkflowServiceStubs(), options.setNamespace(server.getNamespace()).build());
  }

  /** For what this server's worker is to run. */
  public static WorkflowOptions.Builder options() {
    return WorkflowOptions.newBuilder()
        .setTaskQueue(TASK_QUEUE)
        .setWorkflowTaskTimeout(WORKFLOW_TASK_TIMEOUT);
  }

  /** On which a test registers what it needs before {@link #start}. */
  public Worker worker() {
    return worker;
  }

  public void start() {
    server.start();
  }

  public VirtualTime time() {
    return time;
  }

  /** A client whose waits for results let time pass, and nothing else of it does. */
  public WorkflowClient getWorkflowClient() {
    return client;
  }

  /**
   * Waits, while time stands, until a workflow is over. What a chain that is cancelled asks of
   * others does not keep the server from skipping, and a cancel that meets a timer which fires
   * strands its workflow there for good (sdk-java issues 2606 and 3088).
   */
  public void untilOver(WorkflowStub workflow) {
    VirtualTime.standing()
        .until(
            () ->
                workflow.describe().getStatus()
                    != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
  }

  /** Of the latest run. */
  public WorkflowExecutionHistory history(WorkflowStub workflow) {
    return client.fetchHistory(workflow.getExecution().getWorkflowId());
  }

  /** Fails if the latest run's history is not what the worker's workflow code makes of it. */
  public void replay(WorkflowStub workflow) {
    try {
      replay(history(workflow));
    } catch (Exception e) {
      throw new AssertionError("the history does not replay", e);
    }
  }

  /** By the workflow code of the worker, which need not be started. */
  public void replay(WorkflowExecutionHistory history) throws Exception {
    worker.replayWorkflowExecution(history);
  }

  @Override
  public void close() {
    KeptHistories.keep(server.getWorkflowServiceStubs(), server.getNamespace());
    server.close();
    time.reportFailedActs();
  }
}
