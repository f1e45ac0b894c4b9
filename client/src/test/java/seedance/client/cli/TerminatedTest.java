package seedance.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static seedance.client.InMemorySystem.BODY;
import static seedance.client.InMemorySystem.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.client.ChainHandle;
import seedance.client.ChainStart;
import seedance.client.GenerationHandle;
import seedance.client.GenerationStart;
import seedance.client.InMemorySystem;
import seedance.client.SeedanceClient;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.generation.SubmissionDecision;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.json.Json;

/** What ended without last words, on the command line. */
class TerminatedTest {
  private static InMemorySystem system;
  private static SeedanceClient seedance;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    system = new InMemorySystem();
    seedance = new SeedanceClient(system.workflowClient());
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  @BeforeEach
  void writeBody() throws IOException {
    Files.writeString(
        folder.resolve("body.json"),
        "{\"model\":\"doubao-seedance-2-0\",\"content\":[{\"type\":\"text\",\"text\":\"a secret"
            + " cat\"}]}");
  }

  @Test
  void aTerminatedGeneration_isShownWithItsTask_andTheCommandThatFetchesItsClip() {
    terminated("held-terminated 猫", Stage.AWAIT);

    CommandRun shown = run("show", "held-terminated 猫");

    assertThat(shown.exitCode()).isEqualTo(1);
    assertThat(shown.out())
        .contains("Terminated  held-terminated 猫", "cgt-1", "May be charged.")
        .contains("./seedance generate --id 'held-terminated 猫' --adopt cgt-1 ")
        .doesNotContain("secret", "options.adopt");
  }

  @Test
  void theSameIdAgain_isRefusedWithTheTask_andTheCommandFetchesItsClip() {
    terminated("watched-then-adopted", Stage.AWAIT);

    CommandRun refused = run("generate", "body.json", "--id", "watched-then-adopted");
    system.activities().mayEnd("watched-then-adopted");
    CommandRun fetched = run("generate", "--id", "watched-then-adopted", "--adopt", "cgt-1");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .startsWith("Nothing was started: ")
        .contains("./seedance generate --id watched-then-adopted --adopt cgt-1 ", "--again")
        .doesNotContain("secret");
    assertThat(fetched.exitCode()).isEqualTo(0);
    assertThat(fetched.out()).contains("Done  watched-then-adopted", "cgt-1");
    assertThat(system.activities().submissionsOf("watched-then-adopted")).isEqualTo(1);
  }

  @Test
  void theSameIdAgain_afterAnAdoptionThatFoundNothing_isRefusedStill() {
    terminated("held-then-not-found", Stage.AWAIT);

    CommandRun lost = run("generate", "--id", "held-then-not-found", "--adopt", "cgt-unknown");
    CommandRun refused = run("generate", "body.json", "--id", "held-then-not-found", "--detach");

    assertThat(lost.exitCode()).isEqualTo(1);
    assertThat(lost.out()).contains("May be charged.");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .startsWith("Nothing was started: ")
        .contains("./seedance generate --id held-then-not-found --adopt ", "--again");
    assertThat(system.activities().submissionsOf("held-then-not-found")).isEqualTo(1);
  }

  @Test
  void json_hasWhatWasLeft_asObjects() throws IOException {
    terminated("held-json", Stage.AWAIT);

    JsonNode shown = json(run("show", "held-json", "--json"));
    JsonNode refused = json(run("generate", "body.json", "--id", "held-json", "--json"));

    for (JsonNode left : List.of(shown.get("left"), refused.get("left"))) {
      assertThat(left.get("what").textValue()).isEqualTo("task");
      assertThat(left.get("taskId").textValue()).isEqualTo("cgt-1");
      assertThat(left.at("/commands/0").textValue())
          .isEqualTo("./seedance generate --id held-json --adopt cgt-1");
    }
    assertThat(refused.get("status").textValue()).isEqualTo("mayBeCharged");
  }

  @Test
  void terminatedWhileADecisionIsWaitedFor_namesTheTasksThatFit() {
    terminated("lost-terminated", Stage.DECIDE);

    CommandRun shown = run("show", "lost-terminated");
    CommandRun refused = run("generate", "body.json", "--id", "lost-terminated");

    assertThat(shown.out())
        .contains("no answer with a task's id", "May be charged.")
        .contains("./seedance generate --id lost-terminated --adopt cgt-1 ")
        .contains("./seedance generate --id lost-terminated --adopt cgt-2 ");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--adopt cgt-2 ", "--again");
  }

  @Test
  void terminatedAfterAResubmission_isShownWithTheLostOneToo_andSoTheSameIdIsRefused()
      throws IOException {
    GenerationHandle generation = waiting("lost-held-resubmitted", Stage.DECIDE);
    generation.resolve(new SubmissionDecision.Resubmit());
    await().until(() -> generation.progress().looks() > 0);
    generation.workflow().terminate("by a test");

    CommandRun shown = run("show", "lost-held-resubmitted");
    CommandRun refused = run("generate", "body.json", "--id", "lost-held-resubmitted");
    JsonNode left = json(run("show", "lost-held-resubmitted", "--json")).get("left");

    for (String said : List.of(shown.out(), refused.err(), left.toString())) {
      assertThat(said)
          .contains("cgt-1", "an earlier submission got no answer: a second task may exist")
          .contains("./seedance generate --id lost-held-resubmitted --adopt cgt-1");
    }
    assertThat(left.get("what").textValue()).isEqualTo("task");
    assertThat(left.get("earlier").isTextual()).isTrue();
    assertThat(system.activities().submissionsOf("lost-held-resubmitted")).isEqualTo(2);
  }

  @Test
  void terminatedBeforeTheSubmit_isNotCharged_andTheSameIdStartsAnew() {
    WorkflowStub unheard = unheard("held-unheard", Duration.ofHours(1));
    unheard.terminate("by a test");

    CommandRun shown = run("show", "held-unheard");
    CommandRun again = run("generate", "body.json", "--id", "held-unheard", "--detach");

    assertThat(shown.out()).contains("Terminated  held-unheard", "Not charged.");
    assertThat(again.exitCode()).isEqualTo(0);
    assertThat(again.out()).contains("Started held-unheard");
    seedance.handle("held-unheard").workflow().terminate("by a test");
  }

  @Test
  void timedOut_isShownAsThat_withWhatItsHistorySays() {
    WorkflowStub unheard = unheard("held-timed-out", Duration.ofMillis(100));
    await().until(() -> seedance.handle("held-timed-out").isOver());

    assertThat(run("show", "held-timed-out").out())
        .contains("Timed out  held-timed-out", "time ran out", "Not charged.");
    assertThat(unheard.getExecution().getWorkflowId()).isEqualTo("held-timed-out");
  }

  @Test
  void aFailureWithATask_namesTheCommandBesideTheAdvice() {
    CommandRun refused = run("generate", "body.json", "--id", "refused-with-no-task-to-fetch");
    assertThat(refused.out()).contains("Not charged.").doesNotContain("--adopt");

    GenerationHandle abandoned = waiting("held-abandoned", Stage.AWAIT);
    abandoned.cancel();

    assertThat(run("show", "held-abandoned", "--follow").out())
        .contains("Cancelled  held-abandoned", "options.adopt")
        .contains("./seedance generate --id held-abandoned --adopt cgt-1 ");
  }

  @Test
  void aTerminatedChain_namesTheTasksOfItsSteps() throws IOException {
    ChainHandle chain =
        seedance.startChain(
            new Json(Map.of("steps", List.of(Map.of("id", "opening", "request", BODY.tree())))),
            ChainStart.withId("held-film"));
    GenerationHandle step = seedance.handle("held-film.opening");
    await().until(() -> step.progress().looks() > 0);
    chain.workflow().terminate("by a test");

    assertThat(run("show", "held-film").out())
        .contains("opening: its generation goes on", "./seedance show held-film.opening --follow ");

    // The in-memory server lets children be; another ends them with their parent.
    step.workflow().terminate("by a test");
    CommandRun shown = run("show", "held-film");
    JsonNode left = json(run("show", "held-film", "--json")).at("/left/opening");

    assertThat(shown.out())
        .contains("Terminated  held-film", "opening: its task cgt-1 may be charged")
        .contains("./seedance generate --id held-film.opening --adopt cgt-1 ")
        .contains("  ./seedance show held-film.opening\n")
        .doesNotContain("secret");
    assertThat(left.get("taskId").textValue()).isEqualTo("cgt-1");
  }

  @Test
  void aTerminatedChain_cannotBeAsked_soItsFinishedStepsAreToldByTheirOwnWorkflows() {
    Object request = BODY.tree();
    ChainHandle chain =
        seedance.startChain(
            new Json(
                Map.of(
                    "steps",
                    List.of(
                        Map.of("id", "opening", "request", request),
                        Map.of("id", "ending", "approve", true, "request", request)))),
            ChainStart.withId("half-a-film"));
    await().until(() -> seedance.handle("half-a-film.opening").isOver());
    chain.workflow().terminate("by a test");

    CommandRun shown = run("show", "half-a-film");

    assertThat(shown.exitCode()).isEqualTo(1);
    assertThat(shown.out())
        .contains("Temporal cannot ask a terminated chain; each step has its own workflow:")
        .containsPattern("(?m)^opening: done: /clips/a/video.mp4; cost unknown: the price table")
        .contains("  ./seedance show half-a-film.opening\n", "{…, \"reuse\": \"half-a-film\"}")
        .doesNotContain("no worker", "ending", "secret");
  }

  @Test
  void theIdOfATerminatedChainAgain_saysHowItEnded_detachedToo() throws IOException {
    Files.writeString(
        folder.resolve("chain.json"),
        "{\"steps\":[{\"id\":\"opening\",\"request\":"
            + Files.readString(folder.resolve("body.json"))
            + "}]}");
    run("chain", "chain.json", "--id", "held-again", "--detach");
    GenerationHandle step = seedance.handle("held-again.opening");
    await().until(() -> step.progress().looks() > 0);
    assertThat(run("chain", "chain.json", "--id", "held-again", "--detach").exitCode())
        .isEqualTo(0);
    seedance.chain("held-again").workflow().terminate("by a test");
    step.workflow().terminate("by a test");

    CommandRun again = run("chain", "chain.json", "--id", "held-again", "--detach");
    CommandRun asJson = run("chain", "chain.json", "--id", "held-again", "--detach", "--json");

    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("nothing was started").doesNotContain("Following");
    assertThat(again.out())
        .contains("Terminated  held-again", "opening: its task cgt-1 may be charged")
        .contains("./seedance generate --id held-again.opening --adopt cgt-1 ");
    assertThat(asJson.exitCode()).isEqualTo(1);
    assertThat(json(asJson).get("status").textValue()).isEqualTo("terminated");
    assertThat(json(asJson).at("/left/opening/taskId").textValue()).isEqualTo("cgt-1");
  }

  @Test
  void aRefusedDecision_namesItsStep() throws IOException {
    seedance.startChain(
        new Json(Map.of("steps", List.of(Map.of("id", "only", "request", BODY.tree())))),
        ChainStart.withId("held-undecided"));
    await().until(() -> !seedance.chain("held-undecided").progress().steps().isEmpty());

    assertThat(run("retry", "held-undecided", "only").err())
        .startsWith("Refused, and nothing has changed: step only: it has not failed");
    assertThat(json(run("retry", "held-undecided", "only", "--json")).get("step").textValue())
        .isEqualTo("only");
  }

  private static void terminated(String id, Stage stage) {
    waiting(id, stage).workflow().terminate("by a test");
  }

  private static GenerationHandle waiting(String id, Stage stage) {
    GenerationHandle generation = seedance.start(BODY, GenerationStart.withId(id));
    await()
        .until(
            () ->
                generation.progress().stage() == stage
                    && (stage != Stage.AWAIT || generation.progress().looks() > 0));
    return generation;
  }

  /** Of a generation that no worker takes. */
  private static WorkflowStub unheard(String id, Duration atMost) {
    WorkflowStub workflow =
        system
            .workflowClient()
            .newUntypedWorkflowStub(
                VideoGenerationWorkflow.TYPE,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(id)
                    .setTaskQueue("nobody-polls")
                    .setWorkflowRunTimeout(atMost)
                    .build());
    workflow.start(BODY);
    return workflow;
  }

  private static JsonNode json(CommandRun run) throws IOException {
    return new ObjectMapper().readTree(run.out());
  }

  private CommandRun run(String... arguments) {
    return CommandRun.in(folder, Map.of("TEMPORAL_ADDRESS", system.address()), "", arguments);
  }
}
