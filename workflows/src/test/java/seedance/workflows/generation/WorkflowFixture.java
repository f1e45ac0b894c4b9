package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import seedance.workflows.request.AnyJson;

/**
 * A workflow on the in-memory server, with scripted activities and skipped time. Whatever a test
 * asks a workflow for is preceded by a replay of its history.
 */
abstract class WorkflowFixture {
  static final String PROMPT = "an orange cat stretches on a sunny window sill";
  static final AnyJson BODY =
      new AnyJson(
          Map.of(
              "model",
              "doubao-seedance-2-0",
              "content",
              List.of(Map.of("type", "text", "text", PROMPT))));

  TestWorkflowEnvironment server;
  ScriptedActivities activities;

  /** How many workflows a worker keeps in memory; 0 makes every workflow task a full replay. */
  int workflowCacheSize() {
    return 600;
  }

  @BeforeEach
  void startServer() {
    server =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder()
                        .setWorkflowCacheSize(workflowCacheSize())
                        .setShutdownCheckInterval(Duration.ofMillis(5))
                        .build())
                .build());
    activities = new ScriptedActivities(() -> Instant.ofEpochMilli(server.currentTimeMillis()));
    Worker worker = server.newWorker("seedance");
    worker.registerWorkflowImplementationTypes(VideoGenerationWorkflowImpl.class);
    registerMoreOn(worker);
    worker.registerActivitiesImplementations(activities);
    server.start();
  }

  /** Other workflows that a test needs. */
  void registerMoreOn(Worker worker) {}

  @AfterEach
  void stopServer() {
    server.close();
  }

  /** Cancels the workflow from within an activity and reads the ending that it leaves behind. */
  GenerationFailure endingWhenCancelledDuring(Consumer<Runnable> script) {
    return endingOf(startAndCancelDuring(script));
  }

  /** Starts a workflow that is cancelled from within an activity. */
  WorkflowStub startAndCancelDuring(Consumer<Runnable> script) {
    CompletableFuture<WorkflowStub> workflow = new CompletableFuture<>();
    script.accept(() -> workflow.join().cancel());
    workflow.complete(start(BODY));
    return workflow.join();
  }

  /** Cancels the workflow from within a look. */
  WorkflowStub startAndCancelDuringALook() {
    CompletableFuture<WorkflowStub> workflow = new CompletableFuture<>();
    activities.onLook(
        look -> {
          workflow.join().cancel();
          return activities.going("running");
        });
    workflow.complete(start(BODY));
    return workflow.join();
  }

  /** Waits without letting the workflow's time pass. */
  Progress waitUntil(WorkflowStub workflow, Predicate<Progress> state) {
    return await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> workflow.query("progress", Progress.class), state);
  }

  SubmitOutcome busyFor(Duration retryIn) {
    return new SubmitOutcome.NotCreated(activities.problem("the service is busy"), retryIn);
  }

  WorkflowStub start(Object... arguments) {
    WorkflowStub workflow =
        server
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                VideoGenerationWorkflow.TYPE,
                WorkflowOptions.newBuilder().setTaskQueue("seedance").build());
    workflow.start(arguments);
    return workflow;
  }

  ApplicationFailure failureOf(WorkflowStub workflow) {
    WorkflowFailedException failed =
        catchThrowableOfType(
            WorkflowFailedException.class, () -> workflow.getResult(GenerationResult.class));
    replay(workflow);
    return (ApplicationFailure) failed.getCause();
  }

  GenerationFailure endingOf(WorkflowStub workflow) {
    WorkflowFailedException failed =
        catchThrowableOfType(
            WorkflowFailedException.class, () -> workflow.getResult(GenerationResult.class));
    assertThat(failed).hasCauseInstanceOf(CanceledFailure.class);
    replay(workflow);
    return workflow
        .describe()
        .getMemo(
            VideoGenerationWorkflow.ENDING_MEMO, GenerationFailure.class, GenerationFailure.class);
  }

  /** What the UI's tab of user metadata shows. */
  static String currentDetails(WorkflowStub workflow) {
    return workflow
        .query("__temporal_workflow_metadata", WorkflowMetadata.class)
        .getCurrentDetails();
  }

  static GenerationFailure detail(ApplicationFailure failure) {
    return failure.getDetails().get(0, GenerationFailure.class);
  }

  List<HistoryEvent> history(WorkflowStub workflow) {
    replay(workflow);
    WorkflowClient client = server.getWorkflowClient();
    return client.fetchHistory(workflow.getExecution().getWorkflowId()).getEvents();
  }

  void replay(WorkflowStub workflow) {
    try {
      WorkflowReplayer.replayWorkflowExecution(
          server.getWorkflowClient().fetchHistory(workflow.getExecution().getWorkflowId()),
          VideoGenerationWorkflowImpl.class);
    } catch (Exception e) {
      throw new AssertionError("the history does not replay", e);
    }
  }

  List<String> summaries(WorkflowStub workflow) {
    return history(workflow).stream()
        .filter(
            event ->
                event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
                    || event.getEventType() == EventType.EVENT_TYPE_TIMER_STARTED)
        .map(
            event ->
                DefaultDataConverter.STANDARD_INSTANCE.fromPayload(
                    event.getUserMetadata().getSummary(), String.class, String.class))
        .toList();
  }
}
