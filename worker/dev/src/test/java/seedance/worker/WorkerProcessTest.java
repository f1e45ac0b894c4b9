package seedance.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import seedance.activities.InvalidSettingsException;
import seedance.activities.store.FolderStore;
import seedance.worker.dev.DevSettings;
import seedance.worker.dev.DevSystem;
import seedance.worker.dev.simulator.Effect;
import seedance.worker.dev.simulator.Fault;
import seedance.worker.dev.simulator.Operation;
import seedance.worker.dev.simulator.SimulatedSeedance;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.VideoGenerationWorkflow;

@Timeout(300)
class WorkerProcessTest {
  private static final String KEY = "ark-0123456789abcdef-secret";
  private static final double SPEED = 400;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private int callbackPort;

  @Test
  void unusableSurroundings_areNamedAtOnce(@TempDir Path folder) throws Exception {
    Path noFolder = Files.writeString(folder.resolve("file"), "in the way");
    InvalidSettingsException invalid;
    try (Socket nobody = portOnWhichNobodyListens()) {
      WorkerSettings settings =
          WorkerSettings.fromEnvironment(
              Map.of(
                  "SEEDANCE_API_KEY",
                  KEY,
                  "SEEDANCE_STORE",
                  noFolder.toString(),
                  "TEMPORAL_ADDRESS",
                  "127.0.0.1:" + nobody.getLocalPort()));

      invalid =
          catchThrowableOfType(InvalidSettingsException.class, () -> WorkerProcess.start(settings));
    }

    assertThat(invalid.problems())
        .hasSize(2)
        .anyMatch(problem -> problem.startsWith("SEEDANCE_STORE cannot be written"))
        .anyMatch(problem -> problem.startsWith("TEMPORAL_ADDRESS: no Temporal server answers"));
  }

  @Test
  void wrongSettings_andWhatTheyName_areNamedTogether(@TempDir Path folder) throws Exception {
    Path noFolder = Files.writeString(folder.resolve("file"), "in the way");
    InvalidSettingsException invalid;
    try (Socket nobody = portOnWhichNobodyListens()) {
      Map<String, String> environment =
          Map.of(
              "SEEDANCE_BASE_URL",
              "htp:/x",
              "SEEDANCE_STOER",
              "x",
              "SEEDANCE_STORE",
              noFolder.toString(),
              "TEMPORAL_ADDRESS",
              "127.0.0.1:" + nobody.getLocalPort());

      invalid =
          catchThrowableOfType(
              InvalidSettingsException.class, () -> WorkerProcess.start(environment));
    }

    assertThat(invalid.problems())
        .hasSize(5)
        .anyMatch(problem -> problem.startsWith("SEEDANCE_STOER"))
        .anyMatch(problem -> problem.startsWith("SEEDANCE_API_KEY is missing"))
        .anyMatch(problem -> problem.startsWith("SEEDANCE_BASE_URL"))
        .anyMatch(problem -> problem.endsWith("file is a file, not a folder"))
        .anyMatch(problem -> problem.startsWith("TEMPORAL_ADDRESS: no Temporal server answers"));
  }

  @Test
  void anAddressThatIsAUrl_isAWrongSetting(@TempDir Path store) {
    Map<String, String> environment =
        Map.of(
            "SEEDANCE_API_KEY",
            KEY,
            "SEEDANCE_STORE",
            store.toString(),
            "TEMPORAL_ADDRESS",
            "http://127.0.0.1:7233");

    InvalidSettingsException invalid =
        catchThrowableOfType(
            InvalidSettingsException.class, () -> WorkerProcess.start(environment));

    assertThat(invalid.problems())
        .containsExactly(
            "TEMPORAL_ADDRESS is not of the form host:port, without http://:"
                + " http://127.0.0.1:7233");
  }

  @Test
  void metricsAndHealth_tellAnOperatorWhatHappens(@TempDir Path store) throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("SEEDANCE_METRICS_PORT", "0");
    try (DevSystem system = DevSystem.start(new DevSettings(environment, store, SPEED))) {
      String base = "http://127.0.0.1:" + system.metricsPort().orElseThrow();
      assertThat(get(base + "/health/live").statusCode()).isEqualTo(200);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(get(base + "/health/ready").body()).isEqualTo("ready\n"));

      start(system, body("a boat")).getResult(GenerationResult.class);
      WorkflowStub moderated = start(system, body("a boat [simulate:failed]"));
      await()
          .atMost(PATIENCE)
          .until(() -> moderated.describe().getStatus().name().endsWith("FAILED"));

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(get(base + "/metrics").body())
                      .contains("seedance_submissions_total{outcome=\"accepted\"} 2.0")
                      .contains("seedance_looks_total{saw=\"succeeded\"} 1.0")
                      .contains("seedance_hand_offs_total{outcome=\"stored\"} 1.0")
                      .contains("seedance_noticed_seconds_count 1")
                      .contains("seedance_hand_off_duration_seconds_count 1")
                      .contains("seedance_hand_off_bytes_count{kind=\"video\"} 1")
                      .containsPattern(
                          "seedance_generation_failures_total\\{[^}]*type=\"OutputModerated\"")
                      .contains("temporal_workflow_completed_total")
                      .hasSizeLessThan(40_000));
    }
  }

  @Test
  void readiness_saysWhatIsMissing(@TempDir Path folder) throws Exception {
    Path store = folder.resolve("store");
    Map<String, String> environment = new HashMap<>();
    environment.put("SEEDANCE_METRICS_PORT", "0");
    try (DevSystem system = DevSystem.start(new DevSettings(environment, store, SPEED))) {
      Files.delete(store);

      String ready = "http://127.0.0.1:" + system.metricsPort().orElseThrow() + "/health/ready";

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                HttpResponse<String> answer = get(ready);
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.body())
                    .contains("SEEDANCE_STORE cannot be written: its folder is not there");
              });
      assertThat(store).doesNotExist();
    }
  }

  @Test
  void lostReply_isSettledByTheServicesCallback_whereThereIsNoList(@TempDir Path store)
      throws Exception {
    try (DevSystem system = systemWithCallbacks(store)) {
      SimulatedSeedance service = system.simulated().orElseThrow();
      service.inject(Fault.next(Operation.CREATE, new Effect.LostReply()));

      GenerationResult result = start(system, body("a boat")).getResult(GenerationResult.class);

      assertThat(result.artifacts()).isNotEmpty();
      assertThat(service.books().accounts())
          .singleElement()
          .satisfies(
              account -> {
                assertThat(account.createsReceived()).isEqualTo(1);
                assertThat(account.tasksBilled()).isEqualTo(1);
              });
    }
  }

  @Test
  void halfRequests_stopNeitherCallbacks_norPolling_andNoUrlIsWrittenDown(@TempDir Path store)
      throws Exception {
    ListAppender<ILoggingEvent> log = listen();
    List<RawConnection> held = new ArrayList<>();
    try (DevSystem system = systemWithCallbacks(store)) {
      SimulatedSeedance service = system.simulated().orElseThrow();
      for (int i = 0; i < CallbackServer.LIMITS.connections() + 40; i++) {
        held.add(
            RawConnection.to(
                callbackPort,
                "POST /callbacks/x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{"));
      }
      // Without a list, only a callback can tell what became of it.
      service.inject(Fault.next(Operation.CREATE, new Effect.LostReply()));

      GenerationResult result = start(system, body("a boat")).getResult(GenerationResult.class);

      assertThat(result.artifacts()).isNotEmpty();
      String proof = onlyProof(store);
      assertThat(log.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .noneMatch(line -> line.contains(proof) || line.contains("/callbacks/"));
      try (Stream<Path> files = Files.walk(store)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(proof);
        }
      }
    } finally {
      for (RawConnection connection : held) {
        connection.close();
      }
      root().detachAppender(log);
    }
  }

  @Test
  void secretThatMakesNoSense_isSaid_refusesCallbacks_andStopsNoGeneration(@TempDir Path store)
      throws Exception {
    Files.createDirectories(store.resolve(".receipts"));
    Files.writeString(store.resolve(".receipts/callback-secret"), "no secret");
    ListAppender<ILoggingEvent> log = listen();
    try (DevSystem system = systemWithCallbacks(store)) {
      assertThat(log.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .anyMatch(line -> line.startsWith("Callbacks are refused"));

      assertThat(start(system, body("a boat")).getResult(GenerationResult.class).artifacts())
          .isNotEmpty();
      try (RawConnection caller =
          RawConnection.to(
              callbackPort,
              "POST /callbacks/0e9bd6c2 HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")) {
        assertThat(caller.answer()).startsWith("HTTP/1.1 404");
      }
    } finally {
      root().detachAppender(log);
    }
  }

  @Test
  void metrics_areServedAtTheAddressThatIsSet_orTheWorkerDoesNotStart(@TempDir Path store) {
    // Reserved for documentation (RFC 5737), so no machine has it.
    Map<String, String> environment =
        Map.of("SEEDANCE_METRICS_PORT", "0", "SEEDANCE_METRICS_ADDRESS", "192.0.2.1");

    InvalidSettingsException invalid =
        catchThrowableOfType(
            InvalidSettingsException.class,
            () -> DevSystem.start(new DevSettings(environment, store, SPEED)));

    assertThat(invalid.problems())
        .singleElement()
        .asString()
        .startsWith("SEEDANCE_METRICS_PORT at SEEDANCE_METRICS_ADDRESS: 0 cannot be listened on");
  }

  private static String onlyProof(Path store) throws Exception {
    try (Stream<Path> receipts = Files.list(store.resolve(".receipts/receipts"))) {
      List<String> submissions = receipts.map(file -> file.getFileName().toString()).toList();
      assertThat(submissions).hasSize(1);
      return new FolderStore(store).receipts().callbackSecret().proofOf(submissions.get(0));
    }
  }

  private static ListAppender<ILoggingEvent> listen() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    root().addAppender(log);
    return log;
  }

  private static Logger root() {
    return RealLogger.of(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private static Object body(String prompt) {
    return Map.of(
        "model", "doubao-seedance-2-0", "content", List.of(Map.of("type", "text", "text", prompt)));
  }

  private static WorkflowStub start(DevSystem system, Object body) {
    WorkflowStub workflow =
        system
            .workflowClient()
            .newUntypedWorkflowStub(
                VideoGenerationWorkflow.TYPE,
                WorkflowOptions.newBuilder().setTaskQueue(system.taskQueue()).build());
    workflow.start(body);
    return workflow;
  }

  private static HttpResponse<String> get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Where the service calls back has to be known before the port is; once more if it is taken. */
  private DevSystem systemWithCallbacks(Path store) throws Exception {
    for (int attempt = 1; ; attempt++) {
      String port;
      try (ServerSocket free = new ServerSocket(0)) {
        callbackPort = free.getLocalPort();
        port = String.valueOf(callbackPort);
      }
      Map<String, String> environment =
          Map.of(
              "SEEDANCE_DIALECT",
              "gateway",
              "SEEDANCE_CALLBACK_PORT",
              port,
              "SEEDANCE_CALLBACK_URL",
              "http://127.0.0.1:" + port);
      try {
        return DevSystem.start(new DevSettings(environment, store, SPEED));
      } catch (InvalidSettingsException taken) {
        if (attempt == 5) {
          throw taken;
        }
      }
    }
  }

  /** Nor can anybody, until it is closed. */
  private static Socket portOnWhichNobodyListens() throws Exception {
    Socket bound = new Socket();
    bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return bound;
  }
}
