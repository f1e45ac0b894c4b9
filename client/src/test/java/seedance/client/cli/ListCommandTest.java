package seedance.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static seedance.client.InMemorySystem.await;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.client.ChainHandle;
import seedance.client.FakeWorker;
import seedance.client.GenerationHandle;
import seedance.client.InMemorySystem;
import seedance.client.SeedanceClient;
import seedance.client.StartOptions;
import seedance.worker.dev.TemporalServer;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.generation.SubmissionDecision;
import seedance.workflows.request.AnyJson;

/** On the real dev server, as only that one keeps a list. */
class ListCommandTest {
  private static TemporalServer server;
  private static FakeWorker worker;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> command = TemporalServer.commandOnPath(System.getenv("PATH"));
    assumeTrue(command.isPresent(), "skipped: the temporal command is not on the PATH");
    server = TemporalServer.devServer(command.get());
    worker = new FakeWorker(server.address());
  }

  @AfterAll
  static void stop() {
    if (worker != null) {
      worker.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void thoseThatWaitForADecision_areListedWithWhatIsKnown_untilItIsMade() {
    GenerationHandle asking = started("lost-listed", Stage.DECIDE);
    GenerationHandle running = started("held-listed", Stage.AWAIT);

    await()
        .untilAsserted(
            () ->
                assertThat(list().out())
                    .containsPattern("lost-listed +generation +needs decision")
                    .contains("held-listed"));
    CommandRun waiting = list("--needs-decision");
    assertThat(waiting.exitCode()).isEqualTo(0);
    assertThat(waiting.out())
        .contains("lost-listed", "two tasks fit", "./seedance show ID")
        .doesNotContain("held-listed");
    assertThat(list("--needs-decision", "--json").outLines())
        .singleElement()
        .asString()
        .contains("\"workflowId\":\"lost-listed\"", "\"needsDecision\":\"two tasks fit\"");
    assertThat(list().out()).containsPattern("held-listed +generation +running");

    asking.resolve(new SubmissionDecision.Adopt("cgt-1"));
    asking.result();
    await()
        .untilAsserted(
            () ->
                assertThat(list("--needs-decision").out())
                    .isEqualToIgnoringNewLines("Nothing waits for a decision."));
    assertThat(list().out()).containsPattern("lost-listed +generation +succeeded");
    running.cancel();
  }

  @Test
  void generationThatWentOnInAnotherRun_isListedAndShownAsOne_sinceItsFirstRun() {
    SeedanceClient seedance = new SeedanceClient(worker.workflowClient());
    StartOptions options = StartOptions.DEFAULTS.withWorkflowId("busy-listed");
    GenerationHandle first = seedance.start(InMemorySystem.BODY, options);
    Instant startedAt = first.workflow().describe().getStartTime();

    first.result();

    await()
        .untilAsserted(
            () ->
                assertThat(list("--json").outLines())
                    .filteredOn(line -> line.contains("busy-listed"))
                    .singleElement()
                    .asString()
                    .contains("\"status\":\"succeeded\"")
                    .contains(
                        startedAt.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "")));
    assertThat(first.workflow().describe().getWorkflowType()).isEqualTo("VideoGenerationContinued");
    assertThat(CommandRun.in(folder, environment(), "", "show", "busy-listed").out())
        .contains("Done  busy-listed");
    assertThat(seedance.start(InMemorySystem.BODY, options).isNew()).isFalse();
  }

  @Test
  void aChainThatWaitsForAnApproval_isListedAsOne_apartFromItsSteps() {
    SeedanceClient seedance = new SeedanceClient(worker.workflowClient());
    AnyJson chain =
        new AnyJson(
            Map.of(
                "steps",
                List.of(
                    Map.of("id", "opening", "request", InMemorySystem.BODY.tree()),
                    Map.of(
                        "id", "ending", "approve", true, "request", InMemorySystem.BODY.tree()))));
    ChainHandle asking =
        seedance.startChain(chain, StartOptions.DEFAULTS.withWorkflowId("film-listed"));

    await()
        .untilAsserted(
            () ->
                assertThat(list().out())
                    .containsPattern("film-listed +chain +needs decision")
                    .containsPattern("film-listed\\.opening +step +succeeded"));
    assertThat(list("--needs-decision").out())
        .containsPattern("film-listed +[0-9-]+ [0-9:]+ +ending waits for your approval")
        .doesNotContain("film-listed.opening");
    assertThat(list("--needs-decision", "--json").outLines())
        .singleElement()
        .asString()
        .contains("\"workflowId\":\"film-listed\"", "\"type\":\"chain\"");

    asking.approve("ending");
    asking.result();
    await()
        .untilAsserted(
            () ->
                assertThat(list("--needs-decision").out())
                    .isEqualToIgnoringNewLines("Nothing waits for a decision."));
    assertThat(list().out())
        .containsPattern("film-listed +chain +succeeded")
        .containsPattern("film-listed\\.ending +step +succeeded");
  }

  private static GenerationHandle started(String id, Stage stage) {
    GenerationHandle generation =
        new SeedanceClient(worker.workflowClient())
            .start(InMemorySystem.BODY, StartOptions.DEFAULTS.withWorkflowId(id));
    await().until(() -> generation.progress().stage() == stage);
    return generation;
  }

  private CommandRun list(String... options) {
    String[] command = new String[options.length + 1];
    command[0] = "list";
    System.arraycopy(options, 0, command, 1, options.length);
    return CommandRun.in(folder, environment(), "", command);
  }

  private static Map<String, String> environment() {
    return Map.of("TEMPORAL_ADDRESS", server.address());
  }
}
