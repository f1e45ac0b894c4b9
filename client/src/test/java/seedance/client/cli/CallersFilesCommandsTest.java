package seedance.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static seedance.client.InMemorySystem.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.client.InMemorySystem;
import seedance.client.Picture;
import seedance.client.SeedanceClient;
import seedance.workflows.chain.StepState;
import seedance.workflows.json.Json;

/** Files of the caller's machine in what commands other than {@code generate} send. */
class CallersFilesCommandsTest {
  private static final String FRAME =
      """
      {"model":"doubao-seedance-2-0","content":[{"type":"text","text":"A cat"},
        {"type":"image_url","image_url":{"url":"cat.png"},"role":"first_frame"}]}
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

  @BeforeEach
  void paint() throws IOException {
    Picture.paint(folder.resolve("shots/cat.png"), 640);
    Files.writeString(folder.resolve("shots/frame.json"), FRAME);
    Files.writeString(folder.resolve("body.json"), Scene.read("text").text());
  }

  @Test
  void retry_readsPathsFromTheFolderOfItsFile() throws IOException {
    chain("refused-once-by-file", false);
    waitFor("refused-once-by-file", StepState.FAILED);

    CommandRun run = run("retry", "refused-once-by-file", "only", "--request", "shots/frame.json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    await().until(() -> system.activities().submissionsOf("refused-once-by-file.only") == 2);
    assertThat(mediumOf("refused-once-by-file.only", 1, "image_url")).isEqualTo(onlyInput());
  }

  @Test
  void approval_takesFilesToo_andSaysWhatTheServiceWouldNotTake() throws IOException {
    chain("asks-by-file", true);
    waitFor("asks-by-file", StepState.APPROVAL);
    Picture.paint(folder.resolve("shots/cat.png"), 100);

    CommandRun small = run("approve", "asks-by-file", "only", "--request", "shots/frame.json");
    assertThat(small.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(small.err()).contains("content[1].image_url.url: \"cat.png\" is 100 x 100 pixels");
    assertThat(folder.resolve("store")).doesNotExist();

    Picture.paint(folder.resolve("shots/cat.png"), 640);
    CommandRun run = run("approve", "asks-by-file", "only", "--request", "shots/frame.json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run("show", "asks-by-file", "--follow").exitCode()).isZero();
    assertThat(mediumOf("asks-by-file.only", 1, "image_url")).isEqualTo(onlyInput());
  }

  @Test
  void extending_takesReferencesOfThisMachine_besideTheClip() {
    assertThat(run("generate", "body.json", "--id", "before").exitCode()).isZero();
    String[] extend = {
      "extend", "before", "--prompt", "On.", "--reference", "shots/cat.png", "--seed", "7"
    };

    CommandRun dry = run(with(extend, "--dry-run"));
    CommandRun done = run(with(extend, "--id", "after"));

    assertThat(dry.exitCode()).as(dry.err()).isZero();
    assertThat(dry.out())
        .contains("\"url\":\"generation://before/video\"", "\"url\":\"shots/cat.png\"")
        .contains("\"role\":\"reference_image\"", "\"seed\":7", "\"model\":");
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(mediumOf("after", 1, "video_url")).isEqualTo("generation://before/video");
    assertThat(mediumOf("after", 2, "image_url")).isEqualTo(onlyInput());
  }

  @Test
  void extendingWithAFrame_isRefused_asAClipAndFramesDoNotMix() {
    assertThat(run("generate", "body.json", "--id", "framed").exitCode()).isZero();

    CommandRun run = run("extend", "framed", "--prompt", "On.", "--first-frame", "shots/cat.png");

    assertThat(run.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(run.err()).contains("mixes first or last frames (content[2]) with references");
    assertThat(folder.resolve("store")).doesNotExist();
  }

  @Test
  void photoInABody_thatIsTooLargeWithIt_goesIntoTheStore() throws IOException {
    byte[] photo = Arrays.copyOf(Files.readAllBytes(folder.resolve("shots/cat.png")), 1_500_000);
    Files.writeString(
        folder.resolve("photo.json"),
        FRAME.replace(
            "cat.png", "data:image/png;base64," + Base64.getEncoder().encodeToString(photo)));

    CommandRun kept = run("generate", "photo.json", "--id", "photo", "--inline");
    CommandRun run = run("generate", "photo.json", "--id", "photo");

    assertThat(kept.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(kept.err()).contains("1024 KiB");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(mediumOf("photo", 1, "image_url")).isEqualTo(onlyInput());
    assertThat(run("validate", "photo.json").exitCode()).isZero();
    assertThat(run("validate", "photo.json", "--inline").exitCode()).isEqualTo(ExitCode.INVALID);
  }

  private void chain(String id, boolean approve) throws IOException {
    Files.writeString(
        folder.resolve("chain.json"),
        "{\"steps\":[{\"id\":\"only\",\"approve\":%s,\"request\":%s}]}"
            .formatted(approve, Scene.read("text").text()));
    assertThat(run("chain", "chain.json", "--id", id, "--detach").exitCode()).isZero();
  }

  private static void waitFor(String chain, StepState state) {
    SeedanceClient seedance = new SeedanceClient(system.workflowClient());
    await()
        .until(
            () ->
                seedance.chain(chain).progress().steps().stream()
                    .anyMatch(step -> step.state() == state));
  }

  private static String mediumOf(String id, int item, String type) {
    SeedanceClient seedance = new SeedanceClient(system.workflowClient());
    Json request = seedance.requestOf(seedance.handle(id));
    return request.at("content").items().get(item).at(type).text("url").orElseThrow();
  }

  private String onlyInput() {
    try (Stream<Path> inputs = Files.list(folder.resolve("store/inputs"))) {
      List<Path> all = inputs.toList();
      assertThat(all).hasSize(1);
      return "store://inputs/" + all.get(0).getFileName();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  private CommandRun run(String... arguments) {
    return CommandRun.in(
        folder,
        Map.of(
            "TEMPORAL_ADDRESS", system.address(),
            "SEEDANCE_STORE", folder.resolve("store").toString()),
        "",
        arguments);
  }
}
