package seedance.worker.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.worker.dev.simulator.Books;
import seedance.worker.dev.simulator.Effect;
import seedance.worker.dev.simulator.Fault;
import seedance.worker.dev.simulator.Operation;
import seedance.worker.dev.simulator.Pngs;
import seedance.worker.dev.simulator.SimulatedStatus;
import seedance.worker.dev.simulator.TaskTimes;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.Progress;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.generation.VideoGenerationWorkflowImpl;
import seedance.workflows.json.Json;

/**
 * The worker with its real activities, over real HTTP, against the simulated service, on the real
 * dev server where there is one. Each test has a service, a worker and a task queue of its own.
 */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class EndToEndTest {
  private static final double SPEED = 400;
  private static final long FIRST_TASK_COMPLETED = 4;

  private static final ObjectMapper JSON = new ObjectMapper();
  static final List<Json> PAGE_EXAMPLES =
      List.of(
          PageExamples.TEXT,
          PageExamples.FIRST_FRAME,
          PageExamples.FIRST_AND_LAST_FRAME,
          PageExamples.REFERENCE);

  @TempDir Path store;
  private final ServiceClock clock = new ServiceClock();
  private Map<String, String> environment;
  private DevSystem system;

  @BeforeEach
  void startGatewaySystem() throws IOException {
    startSystem("gateway");
  }

  private void startSystem(String dialect) throws IOException {
    environment = new HashMap<>(SharedServer.environment());
    environment.put("SEEDANCE_DIALECT", dialect);
    system = DevSystem.start(new DevSettings(environment, store, SPEED), clock.simulator());
  }

  @AfterEach
  void stopSystem() {
    system.close();
  }

  @ParameterizedTest
  @FieldSource("PAGE_EXAMPLES")
  void pageExample_endsInAStoredClip_withItsManifest(Json body) throws Exception {
    GenerationResult result = start(body).getResult(GenerationResult.class);

    Artifact clip = result.artifacts().get(0);
    assertThat(clip.kind()).isEqualTo(Artifact.Kind.VIDEO);
    assertThat(clip.mediaType()).isEqualTo("video/mp4");
    assertThat(Path.of(clip.location())).hasSize(clip.bytes());
    assertThat(clip.sha256()).isEqualTo(Sha256.of(Path.of(clip.location())));
    assertThat(result.cost().amount()).isPositive();
    JsonNode manifest = JSON.readTree(Path.of(result.manifest()).toFile());
    assertThat(manifest.path("taskId").asText()).isEqualTo(result.taskId());
    assertThat(manifest.path("request")).isEqualTo(JSON.valueToTree(body));
    assertThat(manifest.path("artifacts").path(0).path("sha256").asText()).isEqualTo(clip.sha256());
    assertThat(account().tasksBilled()).isEqualTo(1);
  }

  /** By the catalogue it takes two minutes, and the first look would come after one. */
  @Test
  void callAboutAFastTask_isFollowedByTheOnlyLook() throws Exception {
    Tools.temporal();
    system.close();
    int port = freePort();
    environment.put("SEEDANCE_CALLBACK_URL", "http://127.0.0.1:" + port);
    environment.put("SEEDANCE_CALLBACK_PORT", String.valueOf(port));
    environment.put("SEEDANCE_CALLBACK_ADDRESS", "127.0.0.1");
    system =
        DevSystem.start(
            new DevSettings(environment, store, 1),
            clock
                .simulator()
                .times(
                    TaskTimes.TYPICAL
                        .withQueue(Duration.ZERO)
                        .withRunning(Duration.ofMillis(500))));
    WorkflowStub workflow = start(PageExamples.TEXT);

    workflow.getResult(GenerationResult.class);

    assertThat(workflow.query("progress", Progress.class).looks()).isOne();
    List<EventType> events =
        system
            .workflowClient()
            .fetchHistory(workflow.getExecution().getWorkflowId())
            .getEvents()
            .stream()
            .map(HistoryEvent::getEventType)
            .toList();
    assertThat(events)
        .hasSizeLessThanOrEqualTo(40)
        .contains(EventType.EVENT_TYPE_TIMER_CANCELED)
        .doesNotContain(EventType.EVENT_TYPE_TIMER_FIRED);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  @Test
  void arkDialect_endsInAStoredClip_withTheLastFrame() throws Exception {
    system.close();
    startSystem("ark");
    Json body =
        PageExamples.json(
            """
            {"model":"doubao-seedance-2-0-260128","return_last_frame":true,"callback_url":null,
             "content":[{"type":"text","text":"a paper boat on a river"}]}""");

    GenerationResult result = start(body).getResult(GenerationResult.class);

    assertThat(result.artifacts())
        .extracting(Artifact::kind)
        .containsExactly(Artifact.Kind.VIDEO, Artifact.Kind.LAST_FRAME);
    assertThat(result.artifacts().get(1).mediaType()).isEqualTo("image/png");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "\"a cat\"", "7", "null", "{\"content\":\"a cat\"}", "{\"model\":[]}"})
  void malformedRequest_failsWithNamedViolations_andReachesNoService(String json) throws Exception {
    ApplicationFailure failure = failureOf(start(JSON.readValue(json, Object.class)));

    assertThat(failure.getType()).isEqualTo("InvalidRequest");
    assertThat(failure.getDetails().get(0, GenerationFailure.class).violations()).isNotEmpty();
    assertThat(system.simulated().orElseThrow().books().accounts()).isEmpty();
  }

  @Test
  void noArgument_failsWithNamedViolations() {
    assertThat(failureOf(start()).getType()).isEqualTo("InvalidRequest");
  }

  @Test
  void malformedOptions_failWithNamedViolations() {
    ApplicationFailure failure =
        failureOf(start(PageExamples.TEXT, Map.of("allowUnknownField", true)));

    assertThat(failure.getOriginalMessage())
        .contains("options.allowUnknownField")
        .contains("did you mean \"allowUnknownFields\"?");
  }

  @Test
  void lostReply_isAskedAbout_notResubmitted_andTheTaskOfTheDecisionIsAdopted() {
    inject(Fault.next(Operation.CREATE, new Effect.LostReply()));
    WorkflowStub workflow = start(PageExamples.TEXT);
    waitUntil(workflow, progress -> progress.stage() == Progress.Stage.DECIDE);
    String task = account().tasks().get(0).id();

    workflow.update("resolveSubmission", Progress.class, Map.of("adopt", task));

    assertThat(workflow.getResult(GenerationResult.class).taskId()).isEqualTo(task);
    assertThat(account().createsReceived()).isEqualTo(1);
    assertThat(account().tasksBilled()).isEqualTo(1);
  }

  @Test
  void decisionToAdoptATaskThatDoesNotExist_isRefused() {
    inject(Fault.next(Operation.CREATE, new Effect.LostReply()));
    WorkflowStub workflow = start(PageExamples.TEXT);
    waitUntil(workflow, progress -> progress.stage() == Progress.Stage.DECIDE);

    assertThatThrownBy(
            () ->
                workflow.update(
                    "resolveSubmission", Progress.class, Map.of("adopt", "cgt-20260101-nobody")))
        .hasStackTraceContaining("the service knows no such task");
    workflow.update("resolveSubmission", Progress.class, Map.of("fail", "not wanted any more"));

    assertThat(failureOf(workflow).getType()).isEqualTo("SubmissionUnknown");
  }

  @Test
  void cancelledWorkflow_saysThatItsTaskGoesOn_andANewStartAdoptsIt() {
    // The in-memory server stops for good at a cancel in the moment in which a timer fires
    // (temporalio/sdk-java issue 3088).
    Tools.temporal();
    WorkflowStub cancelled = start(slow());
    String task = waitUntil(cancelled, progress -> progress.taskId() != null).taskId();
    clock.letSlowTasksRun();
    assertThat(account().tasks().get(0).status()).isEqualTo(SimulatedStatus.RUNNING);
    cancelled.cancel();
    assertThat(catchThrowable(() -> cancelled.getResult(GenerationResult.class)))
        .hasCauseInstanceOf(CanceledFailure.class);
    GenerationFailure ending =
        cancelled
            .describe()
            .getMemo(
                VideoGenerationWorkflow.ENDING_MEMO,
                GenerationFailure.class,
                GenerationFailure.class);

    WorkflowStub adopting = start(null, Map.of("adopt", Map.of("taskId", task)));
    clock.goOn();
    GenerationResult result = adopting.getResult(GenerationResult.class);

    assertThat(ending.type()).isEqualTo(FailureType.ABANDONED);
    assertThat(ending.taskId()).isEqualTo(task);
    assertThat(result.taskId()).isEqualTo(task);
    assertThat(account().createsReceived()).isEqualTo(1);
  }

  @Test
  void deadline_endsTheWaiting_notTheTask() {
    WorkflowStub workflow = start(slow(), Map.of("deadline", "PT5S"));

    ApplicationFailure failure = failureOf(workflow);

    assertThat(failure.getType()).isEqualTo("DeadlinePassed");
    assertThat(account().tasks().get(0).tokens()).isZero();
  }

  private static Json slow() {
    return new Json(
        Map.of(
            "model",
            "doubao-seedance-2-0",
            "content",
            List.of(Map.of("type", "text", "text", "a cat [simulate:slow]"))));
  }

  private static Progress waitUntil(WorkflowStub workflow, Predicate<Progress> state) {
    return await()
        .atMost(Duration.ofSeconds(120))
        .until(() -> workflow.query("progress", Progress.class), state);
  }

  @Test
  void busyService_isAskedAgain_andBillsOnce() {
    inject(
        Fault.next(
            2,
            Operation.CREATE,
            new Effect.RateLimited("ServerOverloaded", Duration.ofSeconds(1))));

    start(PageExamples.TEXT).getResult(GenerationResult.class);

    assertThat(account().createsReceived()).isEqualTo(3);
    assertThat(account().tasksBilled()).isEqualTo(1);
  }

  @Test
  void looksThatFail_areOnlyShown() {
    inject(Fault.next(Operation.LOOK, new Effect.NotFound()));
    inject(Fault.next(Operation.LOOK, new Effect.Garbage()));
    inject(Fault.next(Operation.LOOK, new Effect.UnknownStatus("pondering")));
    WorkflowStub workflow = start(PageExamples.TEXT);

    workflow.getResult(GenerationResult.class);

    Progress progress = workflow.query("progress", Progress.class);
    assertThat(progress.stage()).isEqualTo(Progress.Stage.DONE);
    assertThat(progress.lastProblem()).isNotNull();
    assertThat(account().tasksBilled()).isEqualTo(1);
  }

  @Test
  void expiredUrl_isReplacedByAFreshOne() {
    inject(Fault.next(Operation.DOWNLOAD, new Effect.ExpiredUrl()));

    assertThat(start(PageExamples.TEXT).getResult(GenerationResult.class).artifacts()).hasSize(1);
  }

  @Test
  void cutDownload_isDownloadedAgain_andStoredWhole() throws Exception {
    inject(Fault.next(Operation.DOWNLOAD, new Effect.CutDownload(5000)));

    GenerationResult result = start(PageExamples.TEXT).getResult(GenerationResult.class);

    Path clip = Path.of(result.artifacts().get(0).location());
    assertThat(clip).hasSize(result.artifacts().get(0).bytes());
    try (Stream<Path> files = Files.list(clip.getParent())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(".task", "manifest.json", "video.mp4");
    }
  }

  @Test
  void moderatedVideo_failsUncharged() {
    ApplicationFailure failure =
        failureOf(
            start(
                PageExamples.json(
                    """
                    {"model":"doubao-seedance-2-0",
                     "content":[{"type":"text","text":"a boat [simulate:failed]"}]}""")));

    assertThat(failure.getType()).isEqualTo("OutputModerated");
    assertThat(failure.getOriginalMessage())
        .contains("OutputVideoSensitiveContentDetected")
        .contains("Not charged.");
    assertThat(account().tasksBilled()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../escape", "a/b\\c:d", "..", ".hidden", "短片 一", " "})
  void oddWorkflowId_staysInsideTheStore(String id) throws Exception {
    WorkflowStub workflow =
        system
            .workflowClient()
            .newUntypedWorkflowStub(
                VideoGenerationWorkflow.TYPE,
                WorkflowOptions.newBuilder()
                    .setTaskQueue(system.taskQueue())
                    .setWorkflowId(id)
                    .build());
    workflow.start(PageExamples.TEXT);
    URI clip = workflow.getResult(GenerationResult.class).artifacts().get(0).location();

    assertThat(Path.of(clip).toRealPath()).startsWith(store.toRealPath());
    assertThat(Path.of(clip).getParent().getParent()).isEqualTo(store.toAbsolutePath());
  }

  @Test
  void history_holdsNoKey_noSignedUrl_andNoPromptOrInlineMediaOutsideItsInputs() throws Exception {
    String inline = Pngs.growingDataUrl() + "QUJD".repeat(2000);
    Json body =
        new Json(
            Map.of(
                "model",
                "doubao-seedance-2-0",
                "content",
                List.of(
                    Map.of("type", "text", "text", "a very secret storyboard"),
                    Map.of("type", "image_url", "image_url", Map.of("url", inline)))));
    inject(Fault.next(Operation.LOOK, new Effect.Garbage()));
    inject(Fault.next(Operation.DOWNLOAD, new Effect.CutDownload(100)));
    WorkflowStub workflow = start(body);
    workflow.getResult(GenerationResult.class);

    HistoryScan scan = HistoryScan.of(system.workflowClient(), workflow);
    assertThat(scan.everything())
        .doesNotContain("Bearer")
        .doesNotContain("X-Tos")
        .doesNotContain("http://127.0.0.1");
    assertThat(scan.outsideInputs()).doesNotContain("storyboard").doesNotContain("QUJD");
    assertThat(scan.inputsOf("SeedanceHandOff"))
        .contains("storedRequest")
        .doesNotContain("storyboard")
        .doesNotContain("QUJD");
    assertThat(scan.inputsOf("SeedanceLook")).doesNotContain("storyboard").doesNotContain("QUJD");
    assertThat(scan.largestPayloadOutsideInputs()).isLessThan(4 * 1024);
    assertThat(Files.readString(Path.of(workflow.getResult(GenerationResult.class).manifest())))
        .contains("storyboard")
        .doesNotContain("QUJD");
    assertThat(scan.events()).isLessThanOrEqualTo(130);
    WorkflowReplayer.replayWorkflowExecution(scan.history(), VideoGenerationWorkflowImpl.class);
  }

  @Test
  void workflowResetToBeforeItsSubmission_takesTheTaskOfTheReceipt_andNothingIsBilledAgain() {
    Tools.temporal();
    WorkflowStub workflow = start(PageExamples.TEXT);
    GenerationResult first = workflow.getResult(GenerationResult.class);

    WorkflowStub again = Reset.toEvent(FIRST_TASK_COMPLETED, workflow, system.workflowClient());

    assertThat(again.getResult(GenerationResult.class).taskId()).isEqualTo(first.taskId());
    assertThat(account().createsReceived()).isEqualTo(1);
    assertThat(account().tasksBilled()).isEqualTo(1);
  }

  @Test
  void workflowResetToBeforeASubmissionWhoseAnswerWasLost_asksAgain_andSendsNothing() {
    Tools.temporal();
    inject(Fault.next(Operation.CREATE, new Effect.LostReply()));
    WorkflowStub workflow = start(PageExamples.TEXT);
    waitUntil(workflow, progress -> progress.stage() == Progress.Stage.DECIDE);

    WorkflowStub again = Reset.toEvent(FIRST_TASK_COMPLETED, workflow, system.workflowClient());

    waitUntil(again, progress -> progress.stage() == Progress.Stage.DECIDE);
    assertThat(account().createsReceived()).isEqualTo(1);
    again.terminate("the test is over");
  }

  @Test
  void workflowResetToBeforeItsSubmission_andCancelledThere_isNotSaidToBeFree() throws IOException {
    String address = SharedServer.real().address();
    WorkflowStub workflow = start(PageExamples.TEXT);
    workflow.getResult(GenerationResult.class);
    system.close();

    WorkflowServiceStubs server =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
    WorkflowStub again =
        Reset.toEvent(FIRST_TASK_COMPLETED, workflow, WorkflowClient.newInstance(server));
    again.cancel();
    system = DevSystem.start(new DevSettings(environment, store, SPEED), clock.simulator());
    catchThrowable(() -> again.getResult(GenerationResult.class));
    GenerationFailure ending =
        again
            .describe()
            .getMemo(
                VideoGenerationWorkflow.ENDING_MEMO,
                GenerationFailure.class,
                GenerationFailure.class);
    server.shutdownNow();

    assertThat(system.simulated().orElseThrow().books().accounts()).isEmpty();
    assertThat(ending.charged()).isEqualTo(Charged.MAYBE);
    assertThat(ending.message()).contains("the workflow was reset", "options.adopt");
  }

  private void inject(Fault fault) {
    system.simulated().orElseThrow().inject(fault);
  }

  private Books.Account account() {
    return system.simulated().orElseThrow().books().accounts().get(0);
  }

  private WorkflowStub start(Object... arguments) {
    WorkflowStub workflow =
        system
            .workflowClient()
            .newUntypedWorkflowStub(
                VideoGenerationWorkflow.TYPE,
                WorkflowOptions.newBuilder().setTaskQueue(system.taskQueue()).build());
    workflow.start(arguments);
    return workflow;
  }

  private static ApplicationFailure failureOf(WorkflowStub workflow) {
    return (ApplicationFailure)
        catchThrowableOfType(
                WorkflowFailedException.class, () -> workflow.getResult(GenerationResult.class))
            .getCause();
  }

  /** A file's hash by other code than ours. */
  private static final class Sha256 {
    static String of(Path file) throws IOException {
      return com.google.common.hash.Hashing.sha256().hashBytes(Files.readAllBytes(file)).toString();
    }
  }
}
