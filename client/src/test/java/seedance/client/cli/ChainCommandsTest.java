package seedance.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static seedance.client.InMemorySystem.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.client.ChainHandle;
import seedance.client.GenerationHandle;
import seedance.client.InMemorySystem;
import seedance.client.SeedanceClient;
import seedance.workflows.chain.StepState;
import seedance.workflows.generation.Progress;

class ChainCommandsTest {
  private static final String OPENING =
      """
      {"id":"opening","request":{"model":"doubao-seedance-2-0","content":[
        {"type":"text","text":"a secret cat"}],"return_last_frame":true}}\
      """;
  private static final String LONGER =
      """
      {"id":"longer","request":{"model":"doubao-seedance-2-0","content":[
        {"type":"text","text":"it goes on"},
        {"type":"video_url","video_url":{"url":"step://opening/video"},"role":"reference_video"}]}}\
      """;

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
  void aChain_isFollowedALineForEachStep_andReportedWithItsClips() throws IOException {
    write("chain.json", OPENING, LONGER);

    CommandRun run =
        CommandRun.doing(
            () -> {
              system.activities().mayEnd("watched-film.opening");
              system.activities().mayEnd("watched-film.longer");
            },
            "Waiting for the service",
            folder,
            Map.of("TEMPORAL_ADDRESS", system.address()),
            "chain",
            "chain.json",
            "--id",
            "watched-film");

    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out())
        .containsPattern("opening +(is being made|Submitting|Waiting for the service)")
        .containsPattern("longer +waits for other steps \\(opening\\)")
        .containsPattern("opening +done, at most [0-9.]+ CNY: /clips/a/video.mp4")
        .containsPattern("longer +done, at most [0-9.]+ CNY: /clips/a/video.mp4")
        .contains("Done  watched-film", "/clips/watched-film/chain.json")
        .containsPattern("cost +at most [0-9.]+ CNY")
        .doesNotContain("secret");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void theSameIdAgain_startsNothing_andWithOtherStepsIsRefused() throws IOException {
    write("chain.json", OPENING);
    assertThat(run("chain", "chain.json", "--id", "once").exitCode()).isEqualTo(0);

    CommandRun again = run("chain", "chain.json", "--id", "once");
    write("chain.json", OPENING, LONGER);
    CommandRun other = run("chain", "chain.json", "--id", "once");

    assertThat(again.exitCode()).isEqualTo(0);
    assertThat(again.err()).contains("nothing was started");
    assertThat(system.activities().submissionsOf("once.opening")).isEqualTo(1);
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("steps[1]").doesNotContain("secret");
  }

  @Test
  void anIdThatLeavesItsStepsNone_isRefused_beforeAnythingIsStarted() throws IOException {
    write("chain.json", OPENING);

    CommandRun run = run("chain", "chain.json", "--id", "f".repeat(995), "--detach");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("Nothing was started", "CHAIN-ID.opening, has 1003 bytes, over Temporal's 1000");
    assertThat(run("show", "f".repeat(995)).exitCode()).isEqualTo(3);
  }

  @Test
  void aChainThatHasEnded_isShownWithItsGraphAndNotes() throws IOException {
    String frames =
        LONGER
            .replace("video_url", "image_url")
            .replace("/video", "/last_frame")
            .replace("reference_video", "first_frame");
    write("chain.json", OPENING.replace(",\"return_last_frame\":true", ""), frames);
    assertThat(run("chain", "chain.json", "--id", "drawn").exitCode()).isEqualTo(0);

    assertThat(run("show", "drawn").out())
        .contains("opening → longer")
        .contains("note")
        .contains("return_last_frame is switched on");
  }

  @Test
  void aBlankId_isWrongUsage_forEveryCommandThatTakesOne() {
    for (String command : List.of("show", "cancel", "approve", "retry", "skip", "raise-budget")) {
      CommandRun run = run(command, " ", "longer");

      assertThat(run.exitCode()).as(command).isEqualTo(2);
      assertThat(run.err()).contains("an id is not blank").doesNotContain("\tat ");
    }
    assertThat(run("extend", "", "--prompt", "x").err()).contains("an id is not blank");
    assertThat(run("resolve", "", "--resubmit").err()).contains("an id is not blank");
  }

  @Test
  void optionsThatAreNotThere_areNamedByTheirFile() throws IOException {
    write("chain.json", OPENING);

    CommandRun run = run("chain", "chain.json", "--id", "never", "--options", "missing.json");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("options: missing.json: there is no such file");
  }

  @Test
  void aChainThatBreaksRules_startsNothing_andNamesThemByPath() throws IOException {
    write("chain.json", LONGER);

    CommandRun run = run("chain", "chain.json", "--id", "never");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("steps[0].request.content[1].video_url.url: ");
    assertThat(run("show", "never").exitCode()).isEqualTo(3);
  }

  @Test
  void aStepToApprove_isShownWithTheCommands_andApproved() throws IOException {
    write("chain.json", OPENING, approved(LONGER));
    run("chain", "chain.json", "--id", "asks", "--detach");
    waitFor("asks", "longer", StepState.APPROVAL);

    CommandRun shown = run("show", "asks");
    CommandRun early = run("retry", "asks", "longer");
    CommandRun approved = run("approve", "asks", "longer");

    assertThat(shown.out())
        .contains("opening → longer", "STEP", "to come")
        .containsPattern("longer +waits for your approval")
        .contains("./seedance approve asks longer");
    assertThat(early.exitCode()).isEqualTo(2);
    assertThat(early.err()).contains("Refused, and nothing has changed", "it has not failed");
    assertThat(approved.exitCode()).isEqualTo(0);
    assertThat(approved.out()).contains("longer is approved");
    assertThat(run("show", "asks", "--follow").out()).contains("Done  asks");
  }

  @Test
  void aRejectedStep_endsTheChain_namingTheStepAndTheReason() throws IOException {
    write("chain.json", OPENING, approved(LONGER));
    run("chain", "chain.json", "--id", "rejected", "--detach");

    run("approve", "rejected", "longer", "--reject", "too dear");
    CommandRun end = run("show", "rejected", "--follow");

    assertThat(end.exitCode()).isEqualTo(1);
    assertThat(end.out())
        .contains("Failed  rejected", "rejected: too dear")
        .containsPattern("step +longer");
  }

  @Test
  void aFailedStep_isShownWithItsCommands_andCanBeLeftOut() throws IOException {
    write("chain.json", OPENING);
    run("chain", "chain.json", "--id", "refused-chain", "--detach");
    waitFor("refused-chain", "opening", StepState.FAILED);

    assertThat(run("show", "refused-chain").out())
        .contains(
            "./seedance retry refused-chain opening", "./seedance skip refused-chain opening");
    assertThat(run("skip", "refused-chain", "opening").exitCode()).isEqualTo(0);
    assertThat(run("show", "refused-chain", "--follow").out()).contains("skipped");
  }

  @Test
  void whatWentWrong_standsBelowTheTable_withWhatCanBeDone() throws IOException {
    write("chain.json", OPENING, LONGER);
    run("chain", "chain.json", "--id", "refused-table", "--detach");
    waitFor("refused-table", "opening", StepState.FAILED);

    CommandRun shown = run("show", "refused-table");

    assertThat(shown.out())
        .containsPattern("(?m)^opening +failed +at most [0-9.]+ CNY$")
        .containsPattern("(?m)^opening: .*moderation")
        .contains("./seedance retry refused-table opening")
        .contains("./seedance approve refused-table opening --reject REASON")
        .doesNotContain("seedance skip");
    assertThat(shown.outLines().stream().filter(line -> line.contains("moderation"))).hasSize(1);
  }

  @Test
  void aStepOverTheBudget_isShownWithTheWayToRaiseIt_inItsCurrency() throws IOException {
    write("chain.json", OPENING.replace("\"return_last_frame\":true", "\"duration\":-1"));
    Files.writeString(folder.resolve("o.json"), "{\"budget\":{\"amount\":6,\"currency\":\"CNY\"}}");
    run("chain", "chain.json", "--id", "poor", "--options", "o.json", "--detach");
    waitFor("poor", "opening", StepState.BUDGET);

    CommandRun shown = run("show", "poor");
    CommandRun otherCurrency = run("raise-budget", "poor", "90", "USD");
    CommandRun nothing = run("raise-budget", "poor", "0");
    CommandRun nonsense = run("raise-budget", "poor", "90CNY");
    CommandRun raised = run("raise-budget", "poor", "90");

    assertThat(shown.out())
        .contains("./seedance raise-budget poor 16  (")
        .contains("./seedance approve poor opening");
    assertThat(otherCurrency.exitCode()).isEqualTo(2);
    assertThat(otherCurrency.err()).contains("the budget is in CNY");
    assertThat(nothing.exitCode()).isEqualTo(2);
    assertThat(nothing.err()).contains("amount");
    assertThat(nonsense.exitCode()).isEqualTo(2);
    assertThat(nonsense.err()).contains("90CNY").doesNotContain("Exception");
    assertThat(raised.exitCode()).isEqualTo(0);
    assertThat(raised.out()).contains("90.00 CNY", "./seedance show poor --follow");
    assertThat(run("show", "poor", "--follow").out()).contains("Done  poor");
    assertThat(run("raise-budget", "poor", "99").exitCode()).isEqualTo(3);
    assertThat(run("raise-budget", "nobody", "99").exitCode()).isEqualTo(3);
  }

  @Test
  void aFailedChain_tellsItsStepsOwnFailure_whatIsMade_andHowItIsTakenOver() throws IOException {
    write("chain.json", OPENING, OPENING.replace("\"opening\"", "\"refused\""));
    Files.writeString(folder.resolve("o.json"), "{\"onStepFailure\":\"FAIL\",\"maxParallel\":1}");

    CommandRun run = run("chain", "chain.json", "--id", "half", "--options", "o.json");
    CommandRun shown = run("show", "half");

    assertThat(run.exitCode()).isEqualTo(1);
    String report = run.out().substring(run.out().indexOf("Failed  half"));
    assertThat(report)
        .containsPattern("step +refused")
        .containsPattern("code +OutputVideoSensitiveContentDetected")
        .containsPattern("says +The output video may contain …")
        .containsPattern("field +content")
        .containsPattern("task +cgt-1")
        .containsPattern("request +req-7")
        .containsPattern("(?m)^opening +done +at most [0-9.]+ CNY +/clips/a/video.mp4")
        .contains("{…, \"reuse\": \"half\"}");
    assertThat(shown.out()).isEqualTo(report);
  }

  @Test
  void aStepWhoseGenerationNeedsADecision_isShownWithTheCommandsThatDecide() throws IOException {
    write("chain.json", OPENING);
    run("chain", "chain.json", "--id", "lost-shown", "--detach");
    waitForDecision("lost-shown.opening");

    CommandRun shown = run("show", "lost-shown");
    JsonNode json = new ObjectMapper().readTree(run("show", "lost-shown", "--json").out());
    run("resolve", "lost-shown.opening", "--adopt", "cgt-1");

    assertThat(shown.out())
        .containsPattern("(?m)^opening +waits for your decision ")
        .containsPattern("(?m)^opening: .*two tasks fit")
        .contains("./seedance resolve lost-shown.opening --adopt cgt-1");
    assertThat(json.at("/generations/opening/stage").textValue()).isEqualTo("decide");
    assertThat(run("show", "lost-shown", "--follow").out()).contains("Done  lost-shown");
  }

  @Test
  void whileAChainIsFollowed_itIsSaidWhatAStepsGenerationIsDoing() throws Exception {
    write("chain.json", OPENING);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CompletableFuture<Integer> following =
        CompletableFuture.supplyAsync(
            () ->
                CommandRun.into(
                    out,
                    folder,
                    Map.of("TEMPORAL_ADDRESS", system.address()),
                    "chain",
                    "chain.json",
                    "--id",
                    "lost-followed"));
    await()
        .until(
            () ->
                out.toString(StandardCharsets.UTF_8)
                    .contains("./seedance resolve lost-followed.opening --adopt cgt-1"));

    run("resolve", "lost-followed.opening", "--adopt", "cgt-1");

    assertThat(following.get()).isEqualTo(0);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsPattern("opening +Waiting for your decision, two tasks fit")
        .contains("Done  lost-followed");
  }

  @Test
  void aCancelledChain_saysOfEachStepWhatBecameOfIt() throws IOException {
    write("chain.json", OPENING, approved(LONGER));
    run("chain", "chain.json", "--id", "stopped", "--detach");
    waitFor("stopped", "longer", StepState.APPROVAL);

    run("cancel", "stopped");
    CommandRun end = run("show", "stopped", "--follow");

    assertThat(end.exitCode()).isEqualTo(1);
    String report = end.out().substring(end.out().indexOf("Cancelled  stopped"));
    assertThat(report)
        .containsPattern("(?m)^opening +done ")
        .containsPattern("(?m)^longer +given up")
        .contains("longer: the chain was cancelled")
        .contains("{…, \"reuse\": \"stopped\"}")
        .doesNotContain("seedance approve");
  }

  @Test
  void whatIsNoChainFile_isNamedInPlainWords() throws IOException {
    write("chain.json", OPENING);
    Files.writeString(folder.resolve("body.json"), Scene.read("text").text());

    assertThat(run("chain", "absent.json").err())
        .isEqualToIgnoringNewLines("absent.json: there is no such file");
    assertThat(run("chain", "body.json").err()).startsWith("body.json: is a single request");
    assertThat(run("generate", "chain.json").err()).contains("./seedance chain chain.json");
    assertThat(run("retry", "any", "opening", "--request", "absent.json").err())
        .isEqualToIgnoringNewLines("absent.json: there is no such file");
  }

  @Test
  void aFailedStep_isMadeAgain_fromAnotherRequestToo() throws IOException {
    write("chain.json", OPENING);
    Files.writeString(folder.resolve("body.json"), Scene.read("text").text());
    run("chain", "chain.json", "--id", "refused-once-again", "--detach");
    waitFor("refused-once-again", "opening", StepState.FAILED);

    CommandRun retried = run("retry", "refused-once-again", "opening", "--request", "body.json");

    assertThat(retried.exitCode()).isEqualTo(0);
    assertThat(retried.out()).contains("opening is tried again");
    await().until(() -> system.activities().submissionsOf("refused-once-again.opening") == 2);
    await().until(() -> looksOf("refused-once-again.opening") > 0);
    assertThat(run("cancel", "refused-once-again").exitCode()).isEqualTo(0);
    CommandRun end = run("show", "refused-once-again", "--follow");
    assertThat(end.exitCode()).isEqualTo(1);
    assertThat(end.out())
        .contains("Cancelled  refused-once-again", "May be charged.")
        .contains("refused-once-again.opening says what became of its task")
        .contains("  ./seedance show refused-once-again.opening\n");
  }

  @Test
  void aChainWithJson_isOneObjectALine() throws IOException {
    write("chain.json", OPENING);

    CommandRun run = run("chain", "chain.json", "--id", "json-chain", "--json");

    assertThat(run.outLines()).hasSize(2);
    JsonNode end = new ObjectMapper().readTree(run.outLines().get(1));
    assertThat(end.get("status").textValue()).isEqualTo("succeeded");
    assertThat(end.at("/result/steps/0/id").textValue()).isEqualTo("opening");
  }

  @Test
  void validating_drawsTheGraphAndTheCost_withoutAServer() throws IOException {
    write("chain.json", OPENING, LONGER);

    CommandRun run = CommandRun.in(folder, Map.of(), "", "validate", "chain.json");

    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out())
        .startsWith("chain.json: valid, chain of 2 steps, at most ")
        .contains("  opening → longer");
  }

  @Test
  void validatingAWrongChain_namesThePaths() throws IOException {
    write("chain.json", LONGER);

    CommandRun run = CommandRun.in(folder, Map.of(), "", "validate", "chain.json", "--json");

    assertThat(run.exitCode()).isEqualTo(2);
    JsonNode object = new ObjectMapper().readTree(run.out());
    assertThat(object.get("valid").booleanValue()).isFalse();
    assertThat(object.at("/violations/0/path").textValue())
        .isEqualTo("steps[0].request.content[1].video_url.url");
  }

  @Test
  void aGeneration_isNoChainToDecideAbout() throws IOException {
    Files.writeString(folder.resolve("body.json"), Scene.read("text").text());
    run("generate", "body.json", "--id", "single");

    CommandRun run = run("approve", "single", "opening");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("single is a generation, not a chain.");
  }

  @Test
  void extending_takesModelResolutionAndRatioOver_andRefersToTheClip() throws IOException {
    Files.writeString(folder.resolve("body.json"), Scene.read("text").text());
    run("generate", "body.json", "--id", "first clip");

    CommandRun run = run("extend", "first clip", "--prompt", "It jumps down.", "--id", "second");

    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out()).contains("Done  second");
    SeedanceClient seedance = new SeedanceClient(system.workflowClient());
    assertThat(seedance.requestOf(seedance.handle("second")).tree().toString())
        .contains("model=doubao-seedance-2-0-fast", "resolution=480p", "ratio=16:9")
        .contains("url=generation://first%20clip/video", "role=reference_video")
        .doesNotContain("omni_reference_task_type", "duration");
  }

  @Test
  void extendingWithAModelThatNamesItsTask_setsTheTaskAndTheRatioThatItNeeds() throws IOException {
    Files.writeString(folder.resolve("body.json"), Scene.read("text").text());
    run("generate", "body.json", "--id", "first-for-2-5");

    CommandRun run =
        run(
            "extend",
            "first-for-2-5",
            "--prompt",
            "On.",
            "--id",
            "in-2-5",
            "--model",
            "doubao-seedance-2-5",
            "--duration",
            "6");

    assertThat(run.exitCode()).isEqualTo(0);
    SeedanceClient seedance = new SeedanceClient(system.workflowClient());
    assertThat(seedance.requestOf(seedance.handle("in-2-5")).tree().toString())
        .contains("model=doubao-seedance-2-5", "omni_reference_task_type=extend")
        .contains("ratio=adaptive", "duration=6");
  }

  @Test
  void extendingWhatHasNoClip_startsNothing_andSaysSo() throws IOException {
    Files.writeString(folder.resolve("body.json"), Scene.read("text").text());
    run("generate", "body.json", "--id", "held-first", "--detach");
    run("generate", "body.json", "--id", "refused-first");

    CommandRun running = run("extend", "held-first", "--prompt", "On.", "--id", "from-running");
    CommandRun failed = run("extend", "refused-first", "--prompt", "On.", "--id", "from-failed");

    assertThat(running.exitCode()).isEqualTo(2);
    assertThat(running.err())
        .contains("is not finished yet", "./seedance show held-first --follow");
    assertThat(failed.exitCode()).isEqualTo(2);
    assertThat(failed.err()).contains("has no clip", "./seedance show refused-first");
    assertThat(run("show", "from-running").exitCode()).isEqualTo(3);
    assertThat(run("show", "from-failed").exitCode()).isEqualTo(3);
  }

  @Test
  void extendingWhatIsNotThere_isThree() {
    assertThat(run("extend", "nobody", "--prompt", "On.").exitCode()).isEqualTo(3);
  }

  private void waitFor(String chainId, String step, StepState state) {
    ChainHandle chain = new SeedanceClient(system.workflowClient()).chain(chainId);
    await()
        .until(
            () ->
                chain.progress().steps().stream()
                    .anyMatch(each -> each.id().equals(step) && each.state() == state));
  }

  private static int looksOf(String generationId) {
    return new SeedanceClient(system.workflowClient()).handle(generationId).progress().looks();
  }

  private void waitForDecision(String generationId) {
    GenerationHandle generation = new SeedanceClient(system.workflowClient()).handle(generationId);
    await().ignoreExceptions().until(() -> generation.progress().stage() == Progress.Stage.DECIDE);
  }

  private static String approved(String step) {
    return step.replaceFirst("\"request\"", "\"approve\":true,\"request\"");
  }

  private void write(String name, String... steps) throws IOException {
    Files.writeString(folder.resolve(name), "{\"steps\":[" + String.join(",", steps) + "]}");
  }

  private CommandRun run(String... arguments) {
    return CommandRun.in(folder, Map.of("TEMPORAL_ADDRESS", system.address()), "", arguments);
  }
}
