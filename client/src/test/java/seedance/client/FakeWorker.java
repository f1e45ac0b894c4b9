package seedance.client;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.GlobalDataConverter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import seedance.workflows.chain.VideoChainWorkflowImpl;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.generation.VideoGenerationWorkflowImpl;

/** A worker that has {@link FakeActivities}, on any server. */
public final class FakeWorker implements AutoCloseable {
  /** The SDK's second is too short on a busy machine. */
  private static final Duration DEADLOCK_TIMEOUT = Duration.ofSeconds(30);

  private final WorkflowServiceStubs stubs;
  private final WorkerFactory factory;
  private final WorkflowClient workflowClient;
  private final FakeActivities activities = new FakeActivities();

  /**
   * @param address {@code host:port}
   * @param moreWorkflows of a test's own
   */
  public FakeWorker(String address, Class<?>... moreWorkflows) {
    this(address, VideoGenerationWorkflow.DEFAULT_TASK_QUEUE, moreWorkflows);
  }

  /** On a queue of a test's own. */
  public FakeWorker(String address, String taskQueue, Class<?>... moreWorkflows) {
    this(address, taskQueue, GlobalDataConverter.get(), moreWorkflows);
  }

  /**
   * @param converter of the worker and its own client
   */
  public FakeWorker(
      String address, String taskQueue, DataConverter converter, Class<?>... moreWorkflows) {
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
    workflowClient =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder()
                .setWorkerHeartbeatInterval(Duration.ofSeconds(-1))
                .setDataConverter(converter)
                .build());
    factory =
        WorkerFactory.newInstance(
            workflowClient,
            WorkerFactoryOptions.newBuilder()
                .setShutdownCheckInterval(Duration.ofMillis(5))
                .build());
    Worker worker =
        factory.newWorker(
            taskQueue,
            WorkerOptions.newBuilder()
                .setDefaultDeadlockDetectionTimeout(DEADLOCK_TIMEOUT.toMillis())
                .build());
    worker.registerWorkflowImplementationTypes(
        VideoGenerationWorkflowImpl.class, VideoChainWorkflowImpl.class);
    worker.registerWorkflowImplementationTypes(moreWorkflows);
    worker.registerActivitiesImplementations(activities, new FakeChainActivities());
    factory.start();
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
  }
}
