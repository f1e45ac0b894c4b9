package seedance.worker.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import seedance.worker.dev.simulator.Books;
import seedance.worker.dev.simulator.Effect;
import seedance.worker.dev.simulator.Fault;
import seedance.worker.dev.simulator.FfProbe;
import seedance.worker.dev.simulator.Frames;
import seedance.worker.dev.simulator.Operation;
import seedance.workflows.chain.ChainProgress;
import seedance.workflows.chain.ChainResult;
import seedance.workflows.chain.StepProgress;
import seedance.workflows.chain.StepState;
import seedance.workflows.chain.VideoChainWorkflow;
import seedance.workflows.chain.VideoChainWorkflowImpl;
import seedance.workflows.generation.Artifact;
import seedance.workflows.json.Json;

/**
 * Chains with the worker's real activities, over real HTTP, against the simulated service, on the
 * real dev server where there is one. Each test has a service, a worker and a task queue of its
 * own.
 */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class ChainEndToEndTest {
  /**
   * A chain's three clips: the second goes on where the first ends, the third after an approval.
   */
  static final Json OPENING_LONGER_NEXT_SHOT =
      PageExamples.json(
          """
          {"steps":[
           {"id":"opening","request":{"model":"doubao-seedance-2-0","content":[
             {"type":"text","text":"纸船漂过平静的湖面"}],"return_last_frame":true}},
           {"id":"longer","request":{"model":"doubao-seedance-2-0","content":[
             {"type":"text","text":"接视频1，纸船驶入晨雾"},
             {"type":"video_url","video_url":{"url":"step://opening/video"},"role":"reference_video"}]}},
           {"id":"next-shot","approve":true,"request":{"model":"doubao-seedance-2-0","content":[
             {"type":"text","text":"雾散，远处是城市"},
             {"type":"image_url","image_url":{"url":"step://longer/last_frame"},"role":"first_frame"}]}}]}""");

  private static final double SPEED = 400;
  private static final int SECOND_OF_PICTURES = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path store;
  private DevSystem system;

  @BeforeEach
  void startSystem() throws IOException {
    system = DevSystem.start(new DevSettings(SharedServer.environment(), store, SPEED));
  }

  @AfterEach
  void stopSystem() {
    system.close();
  }

  @Test
  void approvedChain_endsInThreeClips_eachMadeFromTheOneBefore_andBilledOnce() throws Exception {
    FfProbe.assumeInstalled();
    WorkflowStub workflow = start(OPENING_LONGER_NEXT_SHOT);
    waitUntil(workflow, progress -> state(progress, "next-shot") == StepState.APPROVAL);
    long madeBeforeTheApproval = account().tasksCreated();
    approve(workflow, "next-shot");

    Map<String, ChainResult.Step> steps = steps(workflow);

    assertThat(madeBeforeTheApproval).isEqualTo(2);
    assertThat(steps.values()).extracting(ChainResult.Step::state).containsOnly(StepState.DONE);
    assertThat(account().createsReceived()).isEqualTo(3);
    assertThat(account().tasksBilled()).isEqualTo(3);
    Frames opening = frames(steps.get("opening"));
    Frames longer = frames(steps.get("longer"));
    Frames nextShot = frames(steps.get("next-shot"));
    List<byte[]> tail = opening.lastOnes(SECOND_OF_PICTURES);
    for (int i = 0; i < tail.size(); i++) {
      assertThat(longer.pictures().get(i)).isEqualTo(tail.get(i));
    }
    assertThat(Frames.meanDifference(longer.last(), opening.last())).isGreaterThan(2);
    assertThat(Frames.difference(nextShot.first(), longer.last())).isZero();
    assertThat(Frames.meanDifference(nextShot.last(), longer.last())).isGreaterThan(2);
  }

  @Test
  void manifest_saysWhichClipCameFromWhich_withTheHashesOfTheFiles() throws Exception {
    WorkflowStub workflow = start(OPENING_LONGER_NEXT_SHOT);
    approve(workflow, "next-shot");
    ChainResult result = workflow.getResult(ChainResult.class);

    String id = workflow.getExecution().getWorkflowId();
    JsonNode manifest = JSON.readTree(Path.of(result.manifest()).toFile());
    assertThat(Path.of(result.manifest()).getFileName()).hasToString("chain.json");
    assertThat(manifest.at("/workflowId").asText()).isEqualTo(id);
    assertThat(manifest.at("/steps").findValuesAsText("workflowId"))
        .containsExactly(id + ".opening", id + ".longer", id + ".next-shot");
    assertThat(manifest.at("/steps/0/madeFrom")).isEmpty();
    assertThat(manifest.at("/steps/1/madeFrom/0").asText())
        .isEqualTo("generation://" + id + ".opening/video");
    assertThat(manifest.at("/steps/2/madeFrom/0").asText())
        .isEqualTo("generation://" + id + ".longer/last_frame");
    for (int step = 0; step < result.steps().size(); step++) {
      Path clip = clip(result.steps().get(step));
      assertThat(manifest.at("/steps/" + step + "/artifacts/0/sha256").asText())
          .isEqualTo(Hashing.sha256().hashBytes(Files.readAllBytes(clip)).toString());
    }
  }

  @Test
  void histories_holdNoSignedUrl_andNoInlineMedia_andReplay() throws Exception {
    WorkflowStub workflow = start(OPENING_LONGER_NEXT_SHOT);
    approve(workflow, "next-shot");
    ChainResult result = workflow.getResult(ChainResult.class);

    HistoryScan chain = HistoryScan.of(system.workflowClient(), workflow);
    assertHoldsNoMedia(chain);
    WorkflowReplayer.replayWorkflowExecution(chain.history(), VideoChainWorkflowImpl.class);
    for (ChainResult.Step step : result.steps()) {
      WorkflowStub child = system.workflowClient().newUntypedWorkflowStub(step.workflowId());
      assertHoldsNoMedia(HistoryScan.of(system.workflowClient(), child));
    }
  }

  private static void assertHoldsNoMedia(HistoryScan scan) {
    assertThat(scan.everything())
        .contains("doubao-seedance-2-0")
        .doesNotContain("Bearer")
        .doesNotContain("X-Tos")
        .doesNotContain("http://127.0.0.1")
        .doesNotContain("data:image");
  }

  @Test
  void retriedStep_isMadeFromTheOtherRequest_andOnlyItAndWhatHangsOnItAreMade() {
    WorkflowStub workflow =
        start(
            PageExamples.json(
                """
                {"steps":[%s,%s,%s,%s]}"""
                    .formatted(
                        text("opening", "a boat"),
                        extended("longer", "on it goes [simulate:failed]", "opening"),
                        extended("longest", "and on", "longer"),
                        text("aside", "a gull"))));
    ChainProgress waiting =
        waitUntil(
            workflow,
            progress ->
                state(progress, "longer") == StepState.FAILED
                    && state(progress, "aside") == StepState.DONE);
    assertThat(state(waiting, "longest")).isEqualTo(StepState.WAITING);
    assertThat(account().tasksCreated()).isEqualTo(3);

    retry(workflow, extended("longer", "on it goes", "opening"));

    Map<String, ChainResult.Step> steps = steps(workflow);
    assertThat(steps.values()).extracting(ChainResult.Step::state).containsOnly(StepState.DONE);
    assertThat(account().createsReceived()).isEqualTo(5);
    assertThat(account().tasksBilled()).isEqualTo(4);
  }

  @Test
  void reusedSteps_areTakenOver_andBillNothing_whileAChangedStepAndWhatHangsOnItAreMade() {
    String opening = text("opening", "a boat");
    String aside = text("aside", "a gull");
    WorkflowStub earlier = start(chain(opening, aside, extended("longer", "on", "opening")));
    Map<String, ChainResult.Step> made = steps(earlier);

    WorkflowStub same =
        start(chain(opening, aside, extended("longer", "on", "opening")), reuse(earlier));
    Map<String, ChainResult.Step> again = steps(same);

    assertThat(again.values()).extracting(ChainResult.Step::state).containsOnly(StepState.REUSED);
    assertThat(again.get("longer").result().taskId())
        .isEqualTo(made.get("longer").result().taskId());
    assertThat(account().createsReceived()).isEqualTo(3);

    WorkflowStub other =
        start(chain(opening, aside, extended("longer", "back", "opening")), reuse(same));

    assertThat(steps(other).values())
        .extracting(step -> step.id() + " " + step.state().label())
        .containsExactlyInAnyOrder("opening reused", "aside reused", "longer done");
    assertThat(account().createsReceived()).isEqualTo(4);
  }

  @Test
  void sourceThatTheServiceForgetsForAMoment_doesNotFailTheStepThatIsMadeFromIt() {
    WorkflowStub workflow =
        start(
            chain(
                text("opening", "a boat"),
                extended("longer", "on", "opening")
                    .replace("\"id\":\"longer\"", "\"id\":\"longer\",\"approve\":true")));
    waitUntil(workflow, progress -> state(progress, "longer") == StepState.APPROVAL);
    system.simulated().orElseThrow().inject(Fault.next(2, Operation.LOOK, new Effect.NotFound()));

    approve(workflow, "longer");

    assertThat(steps(workflow).values())
        .extracting(ChainResult.Step::state)
        .containsOnly(StepState.DONE);
    assertThat(account().createsReceived()).isEqualTo(2);
  }

  @Test
  void stepOverTheBudget_isNotStarted_untilTheBudgetIsRaised_andTheOthersGoOn() {
    WorkflowStub workflow =
        start(
            chain(
                text("opening", "a boat"),
                extended("longer", "on", "opening").replace("\"duration\":4", "\"duration\":-1")),
            PageExamples.json(
                "{\"budget\":{\"amount\":6,\"currency\":\"CNY\"},\"overBudget\":\"WAIT_FOR_BUDGET\"}"));
    ChainProgress waiting =
        waitUntil(workflow, progress -> state(progress, "longer") == StepState.BUDGET);
    assertThat(state(waiting, "opening")).isEqualTo(StepState.DONE);
    assertThat(account().createsReceived()).isEqualTo(1);

    workflow.update("raiseBudget", ChainProgress.class, Map.of("amount", 100, "currency", "CNY"));

    assertThat(steps(workflow).values())
        .extracting(ChainResult.Step::state)
        .containsOnly(StepState.DONE);
    assertThat(account().tasksBilled()).isEqualTo(2);
  }

  @Test
  void failedStepThatIsSkipped_leavesTheOthersClips_andTheManifestWithoutIt() throws Exception {
    WorkflowStub workflow =
        start(chain(text("opening", "a boat"), text("aside", "a gull [simulate:failed]")));
    waitUntil(
        workflow,
        progress ->
            state(progress, "aside") == StepState.FAILED
                && state(progress, "opening") == StepState.DONE);

    workflow.update("skipStep", ChainProgress.class, Map.of("step", "aside"));

    ChainResult result = workflow.getResult(ChainResult.class);
    assertThat(result.steps())
        .extracting(step -> step.id() + " " + step.state().label())
        .containsExactly("opening done", "aside skipped");
    JsonNode manifest = JSON.readTree(Path.of(result.manifest()).toFile());
    assertThat(manifest.at("/steps").findValuesAsText("id")).containsExactly("opening");
    assertThat(account().createsReceived()).isEqualTo(2);
    assertThat(account().tasksBilled()).isEqualTo(1);
  }

  private static Json reuse(WorkflowStub earlier) {
    return new Json(Map.of("reuse", earlier.getExecution().getWorkflowId()));
  }

  @Test
  void joinedFilm_isAsLongAsItsClips() throws Exception {
    FfProbe.assumeInstalled();
    WorkflowStub workflow =
        start(
            chain(text("opening", "a boat"), extended("longer", "on", "opening")),
            PageExamples.json("{\"join\":[\"opening\",\"longer\"]}"));

    ChainResult result = workflow.getResult(ChainResult.class);

    assertThat(result.filmProblem()).isNull();
    double sum = 0;
    for (ChainResult.Step step : result.steps()) {
      sum += FfProbe.probe(clip(step)).at("/format/duration").asDouble();
    }
    Path film = Path.of(result.film().location());
    assertThat(film).hasSize(result.film().bytes());
    assertThat(FfProbe.probe(film).at("/format/duration").asDouble()).isEqualTo(sum, offset(0.05));
    assertThat(FfProbe.pictures(film)).hasSize((int) Math.round(sum * SECOND_OF_PICTURES));
    assertThat(JSON.readTree(Path.of(result.manifest()).toFile()).at("/film/sha256").asText())
        .isEqualTo(result.film().sha256());
  }

  static Json chain(String... steps) {
    return PageExamples.json("{\"steps\":[" + String.join(",", steps) + "]}");
  }

  static String text(String id, String prompt) {
    return """
        {"id":"%s","request":{"model":"doubao-seedance-2-0","resolution":"480p","duration":4,
         "content":[{"type":"text","text":"%s"}]}}"""
        .formatted(id, prompt);
  }

  static String extended(String id, String prompt, String source) {
    return """
        {"id":"%s","request":{"model":"doubao-seedance-2-0","resolution":"480p","duration":4,
         "content":[{"type":"text","text":"%s"},
          {"type":"video_url","video_url":{"url":"step://%s/video"},"role":"reference_video"}]}}"""
        .formatted(id, prompt, source);
  }

  /**
   * Makes a failed step again by another request.
   *
   * @param step as it is written in a chain
   */
  static void retry(WorkflowStub workflow, String step) {
    JsonNode changed = JSON.valueToTree(PageExamples.json(step));
    workflow.update(
        "retryStep",
        ChainProgress.class,
        Map.of(
            "step",
            changed.get("id").asText(),
            "request",
            JSON.convertValue(changed.get("request"), Map.class)));
  }

  /**
   * It may come before the chain waits for it; once more, where the server takes none as the
   * chain's workflow task failed, which a busy machine is enough for.
   */
  static void approve(WorkflowStub workflow, String step) {
    await()
        .atMost(Duration.ofMinutes(10))
        .ignoreExceptionsMatching(ChainEndToEndTest::isRefusedForAFailedTask)
        .until(
            () -> {
              workflow.update("approveStep", ChainProgress.class, Map.of("step", step));
              return true;
            });
  }

  private static boolean isRefusedForAFailedTask(Throwable failure) {
    return failure instanceof WorkflowServiceException
        && failure.getCause() instanceof StatusRuntimeException refused
        && refused.getStatus().getCode() == Status.Code.FAILED_PRECONDITION;
  }

  static ChainProgress waitUntil(WorkflowStub workflow, Predicate<ChainProgress> state) {
    return await()
        .atMost(Duration.ofSeconds(120))
        .until(() -> workflow.query("progress", ChainProgress.class), state);
  }

  static StepState state(ChainProgress progress, String step) {
    return progress.steps().stream()
        .filter(each -> each.id().equals(step))
        .map(StepProgress::state)
        .findFirst()
        .orElse(null);
  }

  static Map<String, ChainResult.Step> steps(WorkflowStub workflow) {
    return workflow.getResult(ChainResult.class).steps().stream()
        .collect(Collectors.toMap(ChainResult.Step::id, Function.identity()));
  }

  private static Path clip(ChainResult.Step step) {
    Artifact clip = step.result().artifacts().get(0);
    assertThat(clip.kind()).isEqualTo(Artifact.Kind.VIDEO);
    return Path.of(clip.location());
  }

  private static Frames frames(ChainResult.Step step) throws Exception {
    return Frames.of(clip(step));
  }

  private Books.Account account() {
    return system.simulated().orElseThrow().books().accounts().get(0);
  }

  private WorkflowStub start(Object... arguments) {
    return start(system, arguments);
  }

  static WorkflowStub start(DevSystem system, Object... arguments) {
    WorkflowStub workflow =
        system
            .workflowClient()
            .newUntypedWorkflowStub(
                VideoChainWorkflow.TYPE,
                WorkflowOptions.newBuilder().setTaskQueue(system.taskQueue()).build());
    workflow.start(arguments);
    return workflow;
  }
}
