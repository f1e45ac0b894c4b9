package seedance.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static seedance.client.InMemorySystem.BODY;
import static seedance.client.InMemorySystem.await;

import io.temporal.api.command.v1.CancelWorkflowExecutionCommandAttributes;
import io.temporal.api.command.v1.Command;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.CommandType;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.PauseWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.UnpauseWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import seedance.client.ChainHandle;
import seedance.client.ChainStart;
import seedance.client.DevServer;
import seedance.client.FakeWorker;
import seedance.client.GenerationFailedException;
import seedance.client.GenerationHandle;
import seedance.client.GenerationStart;
import seedance.client.LeftBehind;
import seedance.client.MayBeChargedException;
import seedance.client.SeedanceClient;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.json.Json;
import seedance.workflows.request.ModelCatalogue;

/**
 * Runs that were reset, paused, or started with an odd memo; only the real dev server does that.
 */
class OddRunsTest {
  private static final long AFTER_THE_FIRST_WORKFLOW_TASK = 4;

  @RegisterExtension static final DevServer SERVER = new DevServer();

  private static SeedanceClient seedance;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    seedance = new SeedanceClient(SERVER.worker().workflowClient());
  }

  @Test
  void aGenerationThatWasResetTwice_isNotTakenForNothing_whateverItsLastRunSays() {
    GenerationHandle generation = seedance.start(BODY, id("full-reset"));
    WorkflowExecution first = waitingForTheService(generation);
    reset(first);
    generation.result();

    reset(first);
    waitingForTheService(generation);
    generation.workflow().terminate("by a test");
    assertThat(failureOf(generation).leftBehind()).contains(new LeftBehind.NotKnown());
    assertThatThrownBy(() -> seedance.start(BODY, id("full-reset")))
        .isInstanceOf(MayBeChargedException.class);

    reset(first);
    waitingForTheService(generation);
    generation.cancel();
    assertThat(failureOf(generation).failure())
        .get()
        .extracting("type")
        .isEqualTo(FailureType.SUBMISSION_UNKNOWN);
    assertThatThrownBy(() -> seedance.start(BODY, id("full-reset")))
        .isInstanceOf(MayBeChargedException.class)
        .hasMessageContaining("was reset");
    assertThat(SERVER.worker().activities().submissionsOf("full-reset")).isEqualTo(4);
  }

  private static WorkflowExecution waitingForTheService(GenerationHandle generation) {
    await().until(() -> generation.progress().lastProblem() != null);
    return generation.workflow().describe().getExecution();
  }

  @Test
  void aChainThatWasReset_namesTheStepsThatItsOtherRunsBegan() {
    String queue = "for-one-chain";
    ChainHandle chain = seedance.chain("held-reset-film");
    WorkflowExecution first;
    try (FakeWorker own = new FakeWorker(SERVER.address(), queue)) {
      new SeedanceClient(own.workflowClient(), queue, ModelCatalogue.builtIn())
          .startChain(
              new Json(
                  Map.of(
                      "steps",
                      List.of(
                          Map.of("id", "opening", "request", BODY.tree()),
                          Map.of("id", "ending", "approve", true, "request", BODY.tree()),
                          Map.of("id", "never", "approve", true, "request", BODY.tree())))),
              ChainStart.withId("held-reset-film"));
      waitForALook("held-reset-film.opening");
      first = chain.workflow().describe().getExecution();
      reset(first);
      await().until(() -> !chain.progress().steps().isEmpty());
      chain.approve("ending");
      waitForALook("held-reset-film.ending");
    }

    reset(first);
    chain.workflow().terminate("by a test");

    assertThat(chain.leftBehind())
        .isEqualTo(Map.of("opening", new LeftBehind.GoesOn(), "ending", new LeftBehind.GoesOn()));
  }

  private static void waitForALook(String workflowId) {
    GenerationHandle generation = seedance.handle(workflowId);
    await().until(() -> generation.progress().looks() > 0);
  }

  @Test
  void decisionThatWasTaken_isNotSaidToBeRefused_whereItsRunIsTerminated() {
    GenerationHandle asking = waitingForADecision("lost-terminated");

    CompletableFuture<CommandRun> decided = adoptingWhatIsHeld(asking);
    asking.workflow().terminate("by a test");

    assertThat(decided.join().exitCode()).isEqualTo(3);
    assertThat(decided.join().err())
        .contains("The decision was sent", "./seedance show lost-terminated")
        .doesNotContain("Refused", "nothing has changed");
  }

  @Test
  void decisionThatWasTaken_isNotSaidToBeRefused_whereItsRunIsReset() {
    GenerationHandle asking = waitingForADecision("lost-reset");

    CompletableFuture<CommandRun> decided = adoptingWhatIsHeld(asking);
    reset(asking.workflow().describe().getExecution());

    assertThat(decided.join().exitCode()).isEqualTo(3);
    assertThat(decided.join().err()).doesNotContain("Refused", "nothing has changed");
    asking.workflow().terminate("by a test");
  }

  private static GenerationHandle waitingForADecision(String workflowId) {
    GenerationHandle asking = seedance.start(BODY, id(workflowId));
    await().until(() -> asking.progress().stage() == Stage.DECIDE);
    return asking;
  }

  /** Returns once a worker has taken the decision, which it cannot carry out. */
  private CompletableFuture<CommandRun> adoptingWhatIsHeld(GenerationHandle asking) {
    CompletableFuture<CommandRun> decided =
        CompletableFuture.supplyAsync(
            () -> run("resolve", asking.workflowId(), "--adopt", "cgt-held"));
    await()
        .until(
            () ->
                SERVER
                    .worker()
                    .workflowClient()
                    .fetchHistory(asking.workflowId())
                    .getHistory()
                    .getEventsList()
                    .stream()
                    .map(HistoryEvent::getEventType)
                    .anyMatch(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED::equals));
    return decided;
  }

  @Test
  void aPausedGeneration_isNotOver_andItsResultIsWaitedFor() throws Exception {
    GenerationHandle generation = seedance.start(BODY, id("watched-paused"));
    waitForALook("watched-paused");
    service()
        .pauseWorkflowExecution(
            PauseWorkflowExecutionRequest.newBuilder()
                .setNamespace("default")
                .setWorkflowId("watched-paused")
                .build());

    CompletableFuture<GenerationResult> later = generation.resultAsync();
    CompletableFuture<GenerationResult> waited = CompletableFuture.supplyAsync(generation::result);
    assertThat(generation.isOver()).isFalse();
    assertThat(seedance.start(BODY, id("watched-paused")).isNew()).isFalse();
    CommandRun shown = run("show", "watched-paused");
    assertThat(shown.exitCode()).isEqualTo(3);
    assertThat(shown.err())
        .contains("is paused", "temporal workflow unpause --workflow-id watched-paused");
    await()
        .untilAsserted(
            () ->
                assertThat(run("list").out())
                    .containsPattern("watched-paused +generation +paused"));

    SERVER.worker().activities().mayEnd("watched-paused");
    service()
        .unpauseWorkflowExecution(
            UnpauseWorkflowExecutionRequest.newBuilder()
                .setNamespace("default")
                .setWorkflowId("watched-paused")
                .build());
    assertThat(later.get(2, TimeUnit.MINUTES).taskId()).isEqualTo("cgt-1");
    assertThat(waited.get(2, TimeUnit.MINUTES).taskId()).isEqualTo("cgt-1");
  }

  @Test
  void aMemoOfSomeoneElse_breaksNoList() {
    WorkflowStub odd = withMemo("odd-memo", Map.of("needsDecision", Map.of("no", "text")));

    await().untilAsserted(() -> assertThat(run("list").out()).contains("odd-memo"));
    CommandRun asking = run("list", "--needs-decision");

    assertThat(asking.exitCode()).isEqualTo(0);
    assertThat(asking.out()).doesNotContain("odd-memo");
    odd.terminate("by a test");
  }

  @Test
  void aCancelledGeneration_whoseMemoIsSomeoneElses_isToldByItsHistory() {
    withMemo("odd-last-words", Map.of("result", "none", "ending", List.of(5)));
    cancelledByItsWorker();
    GenerationHandle generation = seedance.handle("odd-last-words");

    assertThat(failureOf(generation).leftBehind()).contains(new LeftBehind.Nothing());
    assertThat(run("show", "odd-last-words").out())
        .contains("Cancelled  odd-last-words", "Not charged.");
  }

  /** On a queue that only {@link #cancelledByItsWorker} polls. */
  private static WorkflowStub withMemo(String workflowId, Map<String, Object> memo) {
    WorkflowStub workflow =
        SERVER
            .worker()
            .workflowClient()
            .newUntypedWorkflowStub(
                VideoGenerationWorkflow.TYPE,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(workflowId)
                    .setTaskQueue(workflowId)
                    .setMemo(memo)
                    .build());
    workflow.start(BODY);
    return workflow;
  }

  /** A worker of another kind. */
  private static void cancelledByItsWorker() {
    service()
        .respondWorkflowTaskCompleted(
            RespondWorkflowTaskCompletedRequest.newBuilder()
                .setNamespace("default")
                .setTaskToken(
                    service()
                        .pollWorkflowTaskQueue(
                            PollWorkflowTaskQueueRequest.newBuilder()
                                .setNamespace("default")
                                .setTaskQueue(TaskQueue.newBuilder().setName("odd-last-words"))
                                .build())
                        .getTaskToken())
                .addCommands(
                    Command.newBuilder()
                        .setCommandType(CommandType.COMMAND_TYPE_CANCEL_WORKFLOW_EXECUTION)
                        .setCancelWorkflowExecutionCommandAttributes(
                            CancelWorkflowExecutionCommandAttributes.getDefaultInstance()))
                .build());
  }

  private static void reset(WorkflowExecution run) {
    service()
        .resetWorkflowExecution(
            ResetWorkflowExecutionRequest.newBuilder()
                .setNamespace("default")
                .setWorkflowExecution(run)
                .setWorkflowTaskFinishEventId(AFTER_THE_FIRST_WORKFLOW_TASK)
                .setReason("by a test")
                .setRequestId(UUID.randomUUID().toString())
                .build());
  }

  private static WorkflowServiceBlockingStub service() {
    return SERVER.worker().workflowClient().getWorkflowServiceStubs().blockingStub();
  }

  private static GenerationStart id(String workflowId) {
    return GenerationStart.withId(workflowId);
  }

  private static GenerationFailedException failureOf(GenerationHandle generation) {
    return catchThrowableOfType(GenerationFailedException.class, generation::result);
  }

  private CommandRun run(String... arguments) {
    return CommandRun.in(folder, Map.of("TEMPORAL_ADDRESS", SERVER.address()), "", arguments);
  }
}
