package seedance.workflows.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import seedance.workflows.InMemoryServer;
import seedance.workflows.VirtualTime;
import seedance.workflows.json.Json;

/**
 * A workflow on the in-memory server, with scripted activities. Its time stands while a test acts,
 * and passes while it waits for a result ({@link VirtualTime}). Whatever a test asks a workflow for
 * is preceded by a replay of its history.
 */
abstract class WorkflowFixture {
  static final String PROMPT = "an orange cat stretches on a sunny window sill";
  static final Json BODY =
      new Json(
          Map.of(
              "model",
              "doubao-seedance-2-0",
              "content",
              List.of(Map.of("type", "text", "text", PROMPT))));

  InMemoryServer server;
  ScriptedActivities activities;

  /** How many workflows a worker keeps in memory; 0 makes every workflow task a full replay. */
  int workflowCacheSize() {
    return InMemoryServer.USUAL_CACHE;
  }

  @BeforeEach
  void startServer() {
    server = new InMemoryServer(workflowCacheSize());
    activities = new ScriptedActivities(server.time()::now);
    Worker worker = server.worker();
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

  /** Waits, without any of the workflow's time passing, until it stands so. */
  Progress waitUntil(WorkflowStub workflow, Predicate<Progress> state) {
    return VirtualTime.standing().until(() -> workflow.query("progress", Progress.class), state);
  }

  /** Lets up to so many minutes of the workflow's time pass until it stands so. */
  void waitUntil(WorkflowStub workflow, Predicate<Progress> state, int minutes) {
    server
        .time()
        .until(
            () -> state.test(workflow.query("progress", Progress.class)),
            Duration.ofMinutes(minutes));
  }

  SubmitOutcome busyFor(Duration retryIn) {
    return new SubmitOutcome.NotCreated(activities.problem("the service is busy"), retryIn);
  }

  WorkflowStub start(Object... arguments) {
    WorkflowStub workflow =
        server
            .getWorkflowClient()
            .newUntypedWorkflowStub(VideoGenerationWorkflow.TYPE, InMemoryServer.options().build());
    workflow.start(arguments);
    return workflow;
  }

  GenerationResult result(WorkflowStub workflow) {
    GenerationResult result = workflow.getResult(GenerationResult.class);
    server.replay(workflow);
    return result;
  }

  ApplicationFailure failureOf(WorkflowStub workflow) {
    WorkflowFailedException failed =
        catchThrowableOfType(
            WorkflowFailedException.class, () -> workflow.getResult(GenerationResult.class));
    server.replay(workflow);
    return (ApplicationFailure) failed.getCause();
  }

  GenerationFailure endingOf(WorkflowStub workflow) {
    WorkflowFailedException failed =
        catchThrowableOfType(
            WorkflowFailedException.class, () -> workflow.getResult(GenerationResult.class));
    assertThat(failed).hasCauseInstanceOf(CanceledFailure.class);
    server.replay(workflow);
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
    server.replay(workflow);
    return server.history(workflow).getEvents();
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
