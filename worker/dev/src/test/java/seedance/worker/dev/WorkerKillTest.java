package seedance.worker.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import seedance.worker.dev.simulator.Books;
import seedance.worker.dev.simulator.Effect;
import seedance.worker.dev.simulator.Fault;
import seedance.worker.dev.simulator.FfProbe;
import seedance.worker.dev.simulator.Operation;
import seedance.worker.dev.simulator.SimulatedSeedance;
import seedance.workflows.chain.ChainResult;
import seedance.workflows.chain.StepState;
import seedance.workflows.chain.VideoChainWorkflow;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.Progress;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.json.Json;

/**
 * Worker processes that are killed with SIGKILL, on the real dev server. Each test waits most of
 * its time, for a server that gives a worker up; so they run side by side.
 */
@Timeout(1200)
@Order(2)
@Execution(ExecutionMode.CONCURRENT)
class WorkerKillTest {
  private static final String KEY = "ark-0123456789abcdef-secret";

  /** A generation of two minutes takes about a second, for the service and for the looks at it. */
  private static final double SPEED = 100;

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** A clip; it goes on; from its last picture another, once it was approved. All are slow. */
  private static final Json SLOW_CHAIN =
      ChainEndToEndTest.chain(
          ChainEndToEndTest.text("opening", "a boat [simulate:slow]"),
          ChainEndToEndTest.extended("longer", "on it goes [simulate:slow]", "opening"),
          """
          {"id":"next-shot","approve":true,"request":{"model":"doubao-seedance-2-0",
           "resolution":"480p","duration":4,"content":[
            {"type":"text","text":"a city [simulate:slow]"},
            {"type":"image_url","image_url":{"url":"step://longer/last_frame"},
             "role":"first_frame"}]}}""");

  private static final Json SLOW_TEXT =
      PageExamples.json(
          """
          {"model":"doubao-seedance-2-0-fast","content":[
           {"type":"text","text":"一只橘猫在阳光下的窗台上伸懒腰 [simulate:slow]"}]}""");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final List<Process> workers = new ArrayList<>();
  private final ServiceClock clock = new ServiceClock();
  private final String taskQueue = "killed-" + UUID.randomUUID();
  private TemporalServer temporal;
  private WorkflowServiceStubs stubs;
  private WorkflowClient client;

  @BeforeEach
  void reachServer() throws Exception {
    temporal = SharedServer.real();
    stubs = WorkflowServiceStubs.newServiceStubs(temporal.access().stubs());
    client = WorkflowClient.newInstance(stubs);
  }

  @AfterEach
  void killWorkers() {
    workers.forEach(Process::destroyForcibly);
    if (stubs != null) {
      stubs.shutdownNow();
    }
  }

  @Test
  void workerKilledWhileAGenerationWaits_isReplaced_andTheTaskIsBilledOnce() throws Exception {
    try (SimulatedSeedance service = simulated()) {
      startWorker(service, "doomed");
      WorkflowStub workflow = start(VideoGenerationWorkflow.TYPE, SLOW_TEXT);
      awaitTaskOf(workflow);
      kill();
      clock.goOn();
      startWorker(service, "successor");

      GenerationResult result = workflow.getResult(GenerationResult.class);

      assertThat(Path.of(result.artifacts().get(0).location())).exists();
      assertThat(account(service).createsReceived()).isEqualTo(1);
      assertThat(account(service).tasksBilled()).isEqualTo(1);
    }
    assertThat(logs()).doesNotContain(KEY).doesNotContain("X-Tos").doesNotContain("橘猫");
  }

  @Test
  void workerKilledWhileItDownloads_isReplaced_andTheClipIsStoredWhole() throws Exception {
    try (SimulatedSeedance service = simulated()) {
      service.inject(Fault.next(Operation.DOWNLOAD, new Effect.SlowDownload(1000)));
      startWorker(service, "doomed");
      WorkflowStub workflow = start();
      awaitPartOfTheClip();
      kill();
      startWorker(service, "successor");

      GenerationResult result = workflow.getResult(GenerationResult.class);

      Path clip = Path.of(result.artifacts().get(0).location());
      assertThat(clip).hasSize(result.artifacts().get(0).bytes());
      assertThat(clip.getParent()).isDirectoryNotContaining("glob:**.part");
      assertThat(account(service).createsReceived()).isEqualTo(1);
      assertThat(account(service).downloadsStarted()).isEqualTo(2);
    }
  }

  @Test
  void workerStoppedWhileItDownloads_letsTheDownloadEndFirst() throws Exception {
    try (SimulatedSeedance service = simulated()) {
      service.inject(Fault.next(Operation.DOWNLOAD, new Effect.SlowDownload(30_000)));
      startWorker(service, "stopped");
      WorkflowStub workflow = start();
      awaitPartOfTheClip();
      stop();

      assertThat(store().resolve(workflow.getExecution().getWorkflowId()).resolve("video.mp4"))
          .exists();
      startWorker(service, "successor");
      assertThat(workflow.getResult(GenerationResult.class).artifacts()).hasSize(1);
      assertThat(account(service).downloadsStarted()).isEqualTo(1);
    }
  }

  @Test
  void workerKilledAtEveryStepOfAChainAndInItsJoin_isReplaced_andNoStepIsMadeTwice()
      throws Exception {
    FfProbe.assumeInstalled();
    Path joining = folder.resolve("joining");
    Map<String, String> joinsForEver = Map.of("PATH", pathWithEndlessFfmpeg(joining));
    try (SimulatedSeedance service = simulated()) {
      startWorker(service, "doomed", joinsForEver);
      WorkflowStub chain =
          start(
              VideoChainWorkflow.TYPE,
              SLOW_CHAIN,
              PageExamples.json("{\"join\":[\"opening\",\"longer\"]}"));
      ChainEndToEndTest.approve(chain, "next-shot");
      for (String step : List.of("opening", "longer", "next-shot")) {
        WorkflowStub generation =
            client.newUntypedWorkflowStub(chain.getExecution().getWorkflowId() + "." + step);
        awaitTaskOf(generation);
        kill();
        clock.goOn();
        startWorker(service, "successor", joinsForEver);
      }
      await().atMost(PATIENCE).until(() -> Files.exists(joining));
      kill();
      startWorker(service, "last");

      ChainResult result = chain.getResult(ChainResult.class);

      assertThat(result.steps())
          .extracting(ChainResult.Step::state)
          .containsExactly(StepState.DONE, StepState.DONE, StepState.DONE);
      assertThat(result.film()).isNotNull();
      assertThat(FfProbe.probe(Path.of(result.film().location())).at("/format/duration").asDouble())
          .isGreaterThan(7);
      assertThat(account(service).createsReceived()).isEqualTo(3);
      assertThat(account(service).tasksBilled()).isEqualTo(3);
    }
  }

  private static void awaitTaskOf(WorkflowStub generation) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(WorkflowException.class)
        .until(() -> generation.query("progress", Progress.class).taskId() != null);
  }

  /** A PATH on which ffmpeg says that it was called, and then takes for ever. */
  private String pathWithEndlessFfmpeg(Path called) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path ffmpeg = bin.resolve("ffmpeg");
    Files.writeString(ffmpeg, "#!/bin/sh\ntouch '%s'\nexec sleep 100\n".formatted(called));
    assertThat(ffmpeg.toFile().setExecutable(true)).isTrue();
    return bin + File.pathSeparator + System.getenv("PATH");
  }

  private void awaitPartOfTheClip() {
    await()
        .atMost(PATIENCE)
        // The folder is not there yet, or a file went while we looked.
        .ignoreExceptionsMatching(
            failure -> failure instanceof IOException || failure instanceof UncheckedIOException)
        .until(
            () -> {
              try (var files = Files.walk(store())) {
                return files.anyMatch(WorkerKillTest::isPartOfAClip);
              }
            });
  }

  /** Receipts are written in parts as well. */
  private static boolean isPartOfAClip(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".video-") && name.endsWith(".part");
  }

  private SimulatedSeedance simulated() {
    return SimulatedSeedance.start(clock.simulator().speed(SPEED).build());
  }

  private static Books.Account account(SimulatedSeedance service) {
    return service.books().accounts().get(0);
  }

  private Path store() {
    return folder.resolve("store");
  }

  private WorkflowStub start() {
    return start(VideoGenerationWorkflow.TYPE, PageExamples.TEXT);
  }

  private WorkflowStub start(String type, Object... arguments) {
    WorkflowStub workflow =
        client.newUntypedWorkflowStub(
            type, WorkflowOptions.newBuilder().setTaskQueue(taskQueue).build());
    workflow.start(arguments);
    return workflow;
  }

  private void startWorker(SimulatedSeedance service, String name) throws Exception {
    startWorker(service, name, Map.of());
  }

  private void startWorker(SimulatedSeedance service, String name, Map<String, String> environment)
      throws Exception {
    ProcessBuilder command =
        new ProcessBuilder(WorkerJvm.command(SPEED, folder.resolve(name + ".polls")));
    command
        .environment()
        .putAll(
            Map.of(
                "SEEDANCE_API_KEY", KEY,
                "SEEDANCE_BASE_URL", service.baseUrl().toString(),
                "SEEDANCE_STORE", store().toString(),
                "SEEDANCE_TASK_QUEUE", taskQueue,
                "TEMPORAL_ADDRESS", temporal.address()));
    command.environment().putAll(environment);
    File log = folder.resolve(name + ".log").toFile();
    workers.add(command.redirectErrorStream(true).redirectOutput(log).start());
  }

  /** SIGKILL: no hook runs, no connection is closed in order. */
  private void kill() throws InterruptedException {
    workers.get(workers.size() - 1).destroyForcibly().waitFor();
  }

  /** SIGTERM. */
  private void stop() throws InterruptedException {
    Process worker = workers.get(workers.size() - 1);
    worker.destroy();
    assertThat(worker.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  private String logs() throws IOException {
    return Files.readString(folder.resolve("doomed.log"))
        + Files.readString(folder.resolve("successor.log"));
  }
}
