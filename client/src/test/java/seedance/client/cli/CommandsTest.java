package seedance.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static seedance.client.InMemorySystem.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.client.InMemorySystem;
import seedance.client.SeedanceClient;

class CommandsTest {
  private static final String ESCAPE = "\u001b";
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

  @BeforeEach
  void writeBody() throws IOException {
    Files.writeString(folder.resolve("body.json"), Scene.read("text").text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "dev",
        "generate",
        "chain",
        "extend",
        "approve",
        "retry",
        "skip",
        "raise-budget",
        "show",
        "url",
        "list",
        "cancel",
        "resolve",
        "validate",
        "worker",
        "simulate"
      })
  void everyCommand_hasHelp(String command) {
    CommandRun run = CommandRun.of(command, "--help");

    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out()).startsWith("Usage: seedance " + command);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void aNarrowTerminal_isNoError() {
    CommandRun run = CommandRun.onColumns(20, "generate", "--help");

    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out()).startsWith("Usage: seedance generate");
  }

  @Test
  void help_isACommandToo() throws IOException {
    CommandRun run = CommandRun.of("help", "cancel");

    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out()).startsWith("Usage: seedance cancel ");
  }

  @Test
  void help_listsTheExitCodes() {
    CommandRun run = CommandRun.of("--help");

    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out()).contains("Exit codes:").contains("130").doesNotContain(ESCAPE);
  }

  @Test
  void help_fitsInTheNarrowestTerminal_withoutAStackTrace() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    Terminal narrow = new Terminal(print, print, true, false, 20);
    Cli cli = new Cli(narrow, System.in, Map.of(), folder, "./seedance");

    assertThat(Seedance.run(cli, "--help")).isEqualTo(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "generat body.json", "generate", "show", "simulate --port x"})
  void wrongUsage_isTwo_andPointsToHelp(String arguments) {
    CommandRun run = CommandRun.of(arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--help").doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aMistypedCommand_isSuggested() {
    assertThat(CommandRun.of("generat", "body.json").err()).contains("seedance generate");
  }

  @Test
  void generating_followsInPlainLines_andReportsTheClip() {
    CommandRun run = watched("generate", "body.json", "--id", "watched-plain");

    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out())
        .startsWith("Started watched-plain")
        .contains("Waiting for the service")
        .contains("Done  watched-plain")
        .contains("/clips/a/video.mp4", "71 KB", "ab12", "97151", "queued")
        .doesNotContain(ESCAPE)
        .doesNotContain("\r");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void generatingWithJson_printsOnlyObjects_andProgressBeside() throws IOException {
    CommandRun run = watched("generate", "body.json", "--id", "watched-as-json", "--json");

    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.outLines()).hasSize(2);
    JsonNode end = new ObjectMapper().readTree(run.outLines().get(1));
    assertThat(end.get("status").textValue()).isEqualTo("succeeded");
    assertThat(end.at("/result/taskId").textValue()).isEqualTo("cgt-1");
    assertThat(run.err()).contains("Waiting for the service").doesNotContain(ESCAPE);
  }

  @Test
  void aGenerationThatFails_isOne_andSaysWhyAndWhatToDo() {
    CommandRun run = run("generate", "body.json", "--id", "refused-on-the-command-line");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("Failed  refused-on-the-command-line")
        .contains("OutputVideoSensitiveContentDetected", "Not charged.", "another seed")
        .doesNotContain("\tat ");
  }

  @Test
  void theSameIdAgain_startsNothing_saysSo_andShowsTheFirst() {
    run("generate", "body.json", "--id", "once");

    CommandRun again = run("generate", "body.json", "--id", "once");

    assertThat(again.exitCode()).isEqualTo(0);
    assertThat(again.err()).contains("once").contains("nothing was started");
    assertThat(again.out()).contains("Done  once");
    assertThat(system.activities().submissionsOf("once")).isEqualTo(1);
  }

  @Test
  void theSameIdAgain_detachedWithJson_isAnObjectThatSaysHowItStands() {
    run("generate", "body.json", "--id", "once-json");

    CommandRun again = run("generate", "body.json", "--id", "once-json", "--detach", "--json");

    assertThat(again.exitCode()).isEqualTo(0);
    assertThat(again.out())
        .isEqualToIgnoringNewLines("{\"workflowId\":\"once-json\",\"status\":\"succeeded\"}");
  }

  @Test
  void aNote_isPrinted_andStandsInTheJsonOfTheStart() throws IOException {
    Files.writeString(
        folder.resolve("typo.json"),
        Scene.read("text").text().replaceFirst("doubao-seedance-[^\"]*", "doubao-seedance-2-O"));

    CommandRun plain = run("generate", "typo.json", "--id", "noted", "--detach");
    CommandRun json = run("generate", "typo.json", "--id", "noted-json", "--detach", "--json");

    assertThat(plain.err()).contains("note: no model \"doubao-seedance-2-O\" is known");
    assertThat(json.err()).isEmpty();
    JsonNode started = new ObjectMapper().readTree(json.out());
    assertThat(started.get("status").textValue()).isEqualTo("running");
    assertThat(started.at("/notes/0").textValue())
        .startsWith("no model \"doubao-seedance-2-O\" is known");
  }

  @Test
  void aRequestThatBreaksRules_withJson_isAnObjectWithTheViolations() throws IOException {
    Files.writeString(folder.resolve("wrong.json"), "{\"model\":5,\"content\":\"a cat\"}");

    CommandRun run = run("generate", "wrong.json", "--json");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.outLines()).hasSize(1);
    assertThat(run.out())
        .startsWith("{\"status\":\"invalid\",\"violations\":[{\"path\":")
        .contains("\"path\":\"model\"", "\"path\":\"content\"");
  }

  @Test
  void aSuggestedCommand_canBeCopied_whateverTheIdHolds() {
    CommandRun started = run("generate", "body.json", "--id", "held 猫's", "--detach");
    assertThat(started.exitCode()).isEqualTo(0);

    assertThat(run("cancel", "held 猫's").out()).contains("./seedance show 'held 猫'\\''s'");
  }

  @Test
  void aRequestThatBreaksRules_startsNothing_andNamesThemOneALine() throws IOException {
    Files.writeString(folder.resolve("wrong.json"), "{\"model\":5,\"content\":\"a cat\"}");

    CommandRun run = run("generate", "wrong.json", "--id", "never");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("model: "))
        .anyMatch(line -> line.startsWith("content: "));
    assertThat(run("show", "never").exitCode()).isEqualTo(3);
  }

  @Test
  void detaching_returnsAtOnce_andShowCancelAndShowTellTheRest() {
    CommandRun started = run("generate", "body.json", "--id", "held-shown", "--detach");
    assertThat(started.exitCode()).isEqualTo(0);
    SeedanceClient client = new SeedanceClient(system.workflowClient());
    await().until(() -> client.handle("held-shown").progress().looks() > 0);

    CommandRun shown = run("show", "held-shown");
    assertThat(shown.exitCode()).isEqualTo(0);
    assertThat(shown.out()).contains("Waiting for the service", "cgt-1", "running");

    CommandRun cancelled = run("cancel", "held-shown");
    assertThat(cancelled.exitCode()).isEqualTo(0);
    assertThat(cancelled.out()).contains("./seedance show held-shown");

    CommandRun end = run("show", "held-shown", "--follow");
    assertThat(end.exitCode()).isEqualTo(1);
    assertThat(end.out()).contains("Cancelled  held-shown", "cgt-1", "May be charged.");

    CommandRun again = run("cancel", "held-shown");
    assertThat(again.exitCode()).isEqualTo(3);
    assertThat(again.err()).contains("has ended already");
  }

  @Test
  void anUnknownId_isThree_onShowAndCancel() {
    assertThat(run("show", "nobody"))
        .isEqualTo(
            new CommandRun(
                3, "", "There is no generation and no chain nobody." + System.lineSeparator()));
    assertThat(run("cancel", "nobody").exitCode()).isEqualTo(3);
  }

  @Test
  void listing_whereTheServerKeepsNoList_saysSo() {
    CommandRun run = run("list");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("keeps no list").doesNotContain("\tat ");
  }

  @Test
  void aServerThatIsNotThere_isThree_andNamesTheAddress() {
    CommandRun run =
        CommandRun.in(folder, Map.of("TEMPORAL_ADDRESS", "127.0.0.1:1"), "", "show", "some-id");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("127.0.0.1:1").contains("TEMPORAL_ADDRESS");
    assertThat(run.err().lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"show some-id", "list", "demo", "worker"})
  void anAddressThatIsAUrl_isFour(String command) {
    CommandRun run =
        CommandRun.in(
            folder, Map.of("TEMPORAL_ADDRESS", "http://127.0.0.1:7233"), "", command.split(" "));

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("host:port, without http://").doesNotContain("\tat ");
  }

  @Test
  void keyInTheWrongPlaceOfTemporalsFile_isNotShown() throws Exception {
    Path file = folder.resolve("temporal.toml");
    Files.writeString(file, "[profile.default]\ngrpc_meta = \"Bearer a-secret\"\n");

    CommandRun run =
        CommandRun.in(
            folder, Map.of("TEMPORAL_CONFIG_FILE", file.toString()), "", "show", "some-id");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("profile.default.grpc_meta").doesNotContain("a-secret");
  }

  @Test
  void aBrokenTemporalSetting_isFour() {
    CommandRun run =
        CommandRun.in(
            folder,
            Map.of("TEMPORAL_CONFIG_FILE", folder + "/absent.toml", "TEMPORAL_PROFILE", "no"),
            "",
            "show",
            "some-id");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("TEMPORAL_").doesNotContain("\tat ");
  }

  @Test
  void aWorkerWithoutItsSettings_isFour_andNamesEachProblem() {
    CommandRun run = CommandRun.in(folder, Map.of("SEEDANCE_STOER", "x"), "", "worker");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err())
        .contains("SEEDANCE_API_KEY", "SEEDANCE_STOER", "SEEDANCE_STORE")
        .doesNotContain("\tat ");
  }

  @Test
  void aDemoAtTheRealService_isNotStartedFromAPipe_withoutYes() {
    CommandRun run = CommandRun.in(folder, Map.of("SEEDANCE_API_KEY", "a-key"), "", "demo");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("costs money", "CNY").doesNotContain("a-key");
    assertThat(run.err()).contains("--yes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "frames", "reference"})
  void theScenesThatShip_keepToTheRules(String scene) {
    CommandRun run = CommandRun.in(folder, Map.of(), Scene.read(scene).text(), "validate", "-");

    assertThat(run.out()).isEqualToIgnoringNewLines("stdin: valid, " + scene);
  }

  @Test
  void theChainThatShips_keepsToTheRules() {
    CommandRun run = CommandRun.in(folder, Map.of(), Scene.chain().text(), "validate", "-");

    assertThat(run.out()).startsWith("stdin: valid, chain of 4 steps, at most ");
  }

  /** Whose generation, of the id in the fourth place, goes on until it is said to be awaited. */
  private CommandRun watched(String... arguments) {
    return CommandRun.doing(
        () -> system.activities().mayEnd(arguments[3]),
        "Waiting for the service",
        folder,
        Map.of("TEMPORAL_ADDRESS", system.address()),
        arguments);
  }

  private CommandRun run(String... arguments) {
    return CommandRun.in(folder, Map.of("TEMPORAL_ADDRESS", system.address()), "", arguments);
  }
}
