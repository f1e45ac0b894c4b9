package seedance.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static seedance.client.InMemorySystem.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.client.GenerationHandle;
import seedance.client.GenerationStart;
import seedance.client.InMemorySystem;
import seedance.client.SeedanceClient;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.generation.SubmissionDecision;
import seedance.workflows.json.Json;

/** Unknown submissions, adoption and the same id twice, on the command line. */
class ResolveCommandTest {
  private static InMemorySystem system;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    system = new InMemorySystem();
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  @Test
  void show_saysWhatIsKnown_andTheCommandsThatDecide() {
    GenerationHandle generation = waiting("lost-shown 猫", Stage.DECIDE);

    CommandRun shown = run("show", "lost-shown 猫");

    assertThat(shown.exitCode()).isEqualTo(0);
    assertThat(shown.out())
        .contains("your decision; nothing is sent until then")
        .contains("the connection broke; a task may exist and be charged")
        .contains("two tasks fit", "cgt-1, cgt-2")
        .contains("./seedance resolve 'lost-shown 猫' --adopt cgt-1 ")
        .contains("./seedance resolve 'lost-shown 猫' --adopt cgt-2 ")
        .contains("./seedance resolve 'lost-shown 猫' --resubmit ")
        .contains("./seedance resolve 'lost-shown 猫' --fail REASON ");
    generation.cancel();
  }

  @Test
  void idThatHoldsEscapes_isShown_byEveryCommand_andItsCommandsAreForAShell() {
    String id = "lost-\u001b[2J\u202e'\nDone  mine";
    GenerationHandle generation = waiting(id, Stage.DECIDE);

    CommandRun shown = run("show", id);

    assertThat(shown.out())
        .contains("lost-\\u001B[2J\\u202E'\\u000ADone  mine\n")
        .contains("./seedance resolve $'lost-\\u001B[2J\\u202E\\'\\nDone  mine' --adopt cgt-1 ");
    for (CommandRun run :
        new CommandRun[] {
          shown,
          run("show", id, "--json"),
          run("resolve", id, "--adopt", "cgt-\u001b[2J"),
          run("approve", id, "step\u001b[2J"),
          run("show", id + "2"),
          run("cancel", id),
        }) {
      assertThat(run.out() + run.err()).isNotEmpty().doesNotContain("\u001b", "\u202e", "\nDone");
    }
    generation.cancel();
  }

  @Test
  void show_whileTheTaskIsLookedFor_saysSo_andAsksNothing() {
    GenerationHandle generation = waiting("lost-sought-shown", Stage.RECONCILE);

    assertThat(run("show", "lost-sought-shown").out())
        .contains("a sign of the lost task", "not listed so far")
        .doesNotContain("resolve");
    generation.resolve(new SubmissionDecision.Fail("by a test"));
  }

  @Test
  void adopting_saysWhatHappensNext_andTheFollowerEndsWithTheClip() {
    waiting("lost-adopted", Stage.DECIDE);

    CommandRun resolved = run("resolve", "lost-adopted", "--adopt", "cgt-2");
    CommandRun end = run("show", "lost-adopted", "--follow");

    assertThat(resolved.exitCode()).isEqualTo(0);
    assertThat(resolved.out())
        .contains("goes on with cgt-2", "no second charge")
        .contains("./seedance show lost-adopted --follow");
    assertThat(end.exitCode()).isEqualTo(0);
    assertThat(end.out()).contains("Done  lost-adopted", "cgt-2");
    assertThat(system.activities().submissionsOf("lost-adopted")).isEqualTo(1);
  }

  @Test
  void resubmitting_warnsOfTwoCharges() {
    waiting("lost-again", Stage.DECIDE);

    CommandRun resolved = run("resolve", "lost-again", "--resubmit");

    assertThat(resolved.exitCode()).isEqualTo(0);
    assertThat(resolved.out()).contains("submitted again", "both are charged");
    assertThat(run("show", "lost-again", "--follow").exitCode()).isEqualTo(0);
    assertThat(system.activities().submissionsOf("lost-again")).isEqualTo(2);
  }

  @Test
  void resubmittedAndRefused_isNotSaidToBeFree_andTheSameIdIsRefused() throws IOException {
    waiting("lost-then-refused", Stage.DECIDE);

    run("resolve", "lost-then-refused", "--resubmit");
    CommandRun end = run("show", "lost-then-refused", "--follow");
    JsonNode json = new ObjectMapper().readTree(run("show", "lost-then-refused", "--json").out());
    CommandRun again = run("generate", body(), "--id", "lost-then-refused");

    assertThat(end.out())
        .contains("an earlier submission of ", "the connection broke", "cgt-1, cgt-2")
        .contains("May be charged.", "./seedance generate --id lost-then-refused --adopt TASK-ID ")
        .doesNotContain("Not charged");
    assertThat(json.at("/failure/charged").textValue()).isEqualTo("maybe");
    assertThat(json.at("/left/what").textValue()).isEqualTo("unknownSubmission");
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err())
        .startsWith("Nothing was started: ")
        .contains("AccountOverdueError", "the connection broke", "--again");
    assertThat(system.activities().submissionsOf("lost-then-refused")).isEqualTo(2);
  }

  @Test
  void adoptionThatIsCancelled_namesItsTask_andTheCommandThatFetchesItsClip() {
    GenerationHandle generation =
        new SeedanceClient(system.workflowClient())
            .start(
                InMemorySystem.BODY,
                GenerationStart.withId("adopts-in-vain")
                    .options(new Json(Map.of("adopt", Map.of("taskId", "cgt-unanswered")))));
    await().until(() -> generation.progress().lastProblem() != null);
    CommandRun running = run("show", "adopts-in-vain");

    generation.cancel();
    CommandRun end = run("show", "adopts-in-vain", "--follow");

    assertThat(running.out()).contains("cgt-unanswered", "the service answered 503");
    assertThat(end.out())
        .contains("Cancelled  adopts-in-vain", "May be charged.")
        .contains("./seedance generate --id adopts-in-vain --adopt cgt-unanswered ");
  }

  @Test
  void givingUp_endsAsSubmissionUnknown() {
    waiting("lost-failed", Stage.DECIDE);

    CommandRun resolved = run("resolve", "lost-failed", "--fail", "not worth it");
    CommandRun end = run("show", "lost-failed", "--follow");

    assertThat(resolved.out()).contains("ends as SubmissionUnknown");
    assertThat(end.exitCode()).isEqualTo(1);
    assertThat(end.out()).contains("not worth it", "May be charged.");
  }

  @Test
  void json_isOneObject_withTheDecisionAndWhereItStands() throws IOException {
    waiting("lost-json", Stage.DECIDE);

    CommandRun refused = run("resolve", "lost-json", "--adopt", "cgt-unknown", "--json");
    CommandRun resolved = run("resolve", "lost-json", "--adopt", "cgt-1", "--json");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.out())
        .isEqualToIgnoringNewLines(
            "{\"workflowId\":\"lost-json\",\"status\":\"refused\",\"message\":\"the service knows"
                + " no such task\"}");
    assertThat(resolved.exitCode()).isEqualTo(0);
    JsonNode object = new ObjectMapper().readTree(resolved.out());
    assertThat(object.at("/decision/adopt").textValue()).isEqualTo("cgt-1");
    assertThat(object.at("/progress/stage").isTextual()).isTrue();
  }

  @Test
  void aRefusal_isTwo_inPlainWords() {
    GenerationHandle generation = waiting("held-not-asking", Stage.AWAIT);

    CommandRun refused = run("resolve", "held-not-asking", "--resubmit");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualToIgnoringNewLines(
            "Refused, and nothing has changed: no submission of this generation waits for a"
                + " decision.");
    generation.cancel();
  }

  @Test
  void whatHasEnded_orNeverWas_isThree() {
    run("generate", body(), "--id", "over");

    assertThat(run("resolve", "over", "--resubmit").exitCode()).isEqualTo(3);
    assertThat(run("resolve", "over", "--resubmit").err()).contains("has ended already");
    assertThat(run("resolve", "nobody", "--resubmit").exitCode()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resolve some-id",
        "resolve --resubmit",
        "resolve some-id --resubmit --fail no",
        "resolve some-id --adopt cgt-1 --adopt cgt-2",
        "resolve some-id --adopt ..",
        "generate --json"
      })
  void notExactlyOneDecision_orNoTaskId_isTwo_beforeAnyServerIsAsked(String arguments) {
    CommandRun run =
        CommandRun.in(folder, Map.of("TEMPORAL_ADDRESS", "127.0.0.1:1"), "", arguments.split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isNotBlank().doesNotContain("\tat ");
  }

  @Test
  void adoptingATask_needsNoBody_andSubmitsNothing() {
    CommandRun run = run("generate", "--adopt", "cgt-of-before", "--id", "adopted");

    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out()).contains("Started adopted", "Done  adopted", "cgt-of-before");
    assertThat(system.activities().submissionsOf("adopted")).isZero();
  }

  @Test
  void aTaskIdThatIsNone_isNamed_andStartsNothing() {
    CommandRun run = run("generate", "--adopt", "two words", "--id", "never-adopted");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("options.adopt.taskId: is no task id");
  }

  @Test
  void theSameIdWithAnotherRequest_isTwo_namesThePlaces_andNeverThePrompt() throws IOException {
    run("generate", body(), "--id", "one-shot");
    Files.writeString(
        folder.resolve("other.json"),
        Files.readString(folder.resolve("body.json")).replace("a secret cat", "a secret dog"));

    CommandRun other = run("generate", "other.json", "--id", "one-shot");
    CommandRun json = run("generate", "other.json", "--id", "one-shot", "--json");

    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.out()).isEmpty();
    assertThat(other.err())
        .startsWith("Nothing was started: one-shot was started with something else")
        .contains("content[0].text", "./seedance show one-shot")
        .doesNotContain("secret");
    assertThat(json.out())
        .isEqualToIgnoringNewLines(
            "{\"workflowId\":\"one-shot\",\"status\":\"different\",\"differences\":[\"content[0].text\"]}");
    assertThat(system.activities().submissionsOf("one-shot")).isEqualTo(1);
  }

  @Test
  void idThatLooksLikeAnOption_isTaken_asTheCommandsThatArePrintedHaveIt() {
    GenerationHandle generation =
        new SeedanceClient(system.workflowClient())
            .start(InMemorySystem.BODY, GenerationStart.withId("--again"));
    generation.result();

    assertThat(run("resolve", "--resubmit", "--", "--again").err())
        .contains("has ended already")
        .endsWith("  ./seedance show -- --again\n");
    assertThat(run("show", "--", "--again").out()).contains("Done  --again");
    assertThat(run("generate", "--id=-adopted", "--adopt=-cgt").out())
        .contains("Done  -adopted", "-cgt");
  }

  private GenerationHandle waiting(String id, Stage stage) {
    GenerationHandle generation =
        new SeedanceClient(system.workflowClient())
            .start(InMemorySystem.BODY, GenerationStart.withId(id));
    await().until(() -> generation.progress().stage() == stage);
    return generation;
  }

  private String body() {
    try {
      Files.writeString(
          folder.resolve("body.json"),
          "{\"model\":\"doubao-seedance-2-0\",\"content\":[{\"type\":\"text\",\"text\":\"a secret"
              + " cat\"}]}");
      return "body.json";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private CommandRun run(String... arguments) {
    return CommandRun.in(folder, Map.of("TEMPORAL_ADDRESS", system.address()), "", arguments);
  }
}
