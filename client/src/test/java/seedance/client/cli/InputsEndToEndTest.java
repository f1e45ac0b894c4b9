package seedance.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.activities.generation.LookSchedule;
import seedance.activities.store.s3.ObjectStoreServer;
import seedance.worker.WorkerProcess;
import seedance.worker.WorkerSettings;
import seedance.worker.dev.TemporalServer;
import seedance.worker.dev.simulator.SimulatedSeedance;
import seedance.worker.dev.simulator.SimulatorSettings;

/**
 * A worker and a caller whose settings share nothing but Temporal and a bucket: what the worker is
 * sent names no path.
 */
class InputsEndToEndTest {
  private static final double SPEED = 400;
  private static final List<JsonNode> CREATED = new CopyOnWriteArrayList<>();
  private static final Ahead CLOCK = new Ahead();

  private static ObjectStoreServer bucket;
  private static TemporalServer temporal;
  private static SimulatedSeedance service;
  private static WorkerProcess worker;

  @TempDir private Path folder;
  private Map<String, String> caller;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(
        TemporalServer.commandOnPath(System.getenv("PATH")).isPresent(),
        "skipped: the temporal command is not on the PATH");
    // The library's own chain finds them here, as it would in a process's environment.
    System.setProperty("aws.accessKeyId", ObjectStoreServer.ACCESS_KEY);
    System.setProperty("aws.secretAccessKey", ObjectStoreServer.SECRET_KEY);
    bucket = ObjectStoreServer.start();
    temporal =
        TemporalServer.devServer(TemporalServer.commandOnPath(System.getenv("PATH")).orElseThrow());
    service =
        SimulatedSeedance.start(
            SimulatorSettings.builder()
                .speed(SPEED)
                .clock(CLOCK)
                .createListener((taskId, body) -> CREATED.add(body))
                .build());
    WorkerSettings settings =
        WorkerSettings.fromEnvironment(
            Map.of(
                "SEEDANCE_API_KEY", "ark-inputs-0123456789abcdef",
                "SEEDANCE_BASE_URL", service.baseUrl().toString(),
                "SEEDANCE_STORE", bucket.location("team"),
                "TEMPORAL_ADDRESS", temporal.address()));
    worker =
        WorkerProcess.start(
            new WorkerSettings(
                settings.seedance().withSchedule(LookSchedule.atSpeed(SPEED)),
                settings.temporal(),
                settings.taskQueue(),
                settings.metricsPort(),
                settings.metricsAddress(),
                settings.callbackPort(),
                settings.callbackAddress()));
  }

  @AfterAll
  static void stop() {
    if (worker != null) {
      worker.close();
      service.close();
      temporal.close();
      bucket.close();
    }
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @BeforeEach
  void settings() throws Exception {
    caller = new HashMap<>();
    caller.put("TEMPORAL_ADDRESS", temporal.address());
    caller.put("SEEDANCE_STORE", bucket.location("team"));
    picture(640, "pictures/cat.png");
    CREATED.clear();
  }

  @Test
  void picture_becomesAClip_thatGoesOn_daysLater_intoAFilm_thatALinkOpens() throws Exception {
    write(
        "pictures/body.json",
        """
        {"model":"doubao-seedance-2-0","return_last_frame":true,"content":[
          {"type":"text","text":"The cat wakes"},
          {"type":"image_url","image_url":{"url":"./cat.png"},"role":"first_frame"}]}
        """);
    assertDone(run("generate", "pictures/body.json", "--id", "cat"));
    URI picture = URI.create(url(CREATED.get(0), "image_url"));
    assertThat(picture.getPath()).matches("/clips/team/inputs/[0-9a-f]{64}\\.png");
    assertThat(picture.getQuery()).contains("X-Amz-Signature");

    // The service's URLs live for a day, and its record of a task for a week.
    CLOCK.pass(Duration.ofDays(8));
    write(
        "film.json",
        """
        {"steps":[
          {"id":"longer","request":{"model":"doubao-seedance-2-0","return_last_frame":true,"content":[
            {"type":"text","text":"It stretches"},
            {"type":"video_url","video_url":{"url":"generation://cat/video"},
             "role":"reference_video"}]}},
          {"id":"shot","request":{"model":"doubao-seedance-2-0","content":[
            {"type":"text","text":"It leaves"},
            {"type":"image_url","image_url":{"url":"step://longer/last_frame"},
             "role":"first_frame"}]}}]}
        """);
    write("options.json", "{\"join\":[\"longer\",\"shot\"]}");
    CommandRun chain = run("chain", "film.json", "--id", "film", "--options", "options.json");
    assertDone(chain);
    assertThat(url(CREATED.get(1), "video_url"))
        .contains("/clips/team/cat/video.mp4?")
        .contains("X-Amz-Signature");

    CommandRun link = run("url", "film", "--for", "30m");
    assertThat(link.exitCode()).as(link.err()).isZero();
    try (InputStream film = URI.create(link.out().strip()).toURL().openStream()) {
      assertThat(new String(film.readNBytes(12), StandardCharsets.ISO_8859_1)).contains("ftyp");
    }
    assertThat(chain.out() + chain.err()).doesNotContain("X-Amz-");
  }

  @Test
  void picture_canBeGivenByOption_andIsInTheBodyAsItWasWritten() {
    CommandRun dry =
        run("generate", "--prompt", "A cat", "--first-frame", "pictures/cat.png", "--dry-run");

    assertThat(dry.exitCode()).as(dry.err()).isZero();
    assertThat(dry.out())
        .contains("\"model\":\"doubao-seedance-2-0\"")
        .contains("{\"url\":\"pictures/cat.png\"}")
        .contains("\"role\":\"first_frame\"");

    assertDone(
        run("generate", "--prompt", "A cat", "--first-frame", "pictures/cat.png", "--id", "made"));
    assertThat(url(CREATED.get(0), "image_url")).contains("/inputs/");
  }

  @Test
  void fileThatTheServiceWouldNotTake_isRefusedBeforeAnythingIsStarted() throws Exception {
    picture(100, "small.png");

    CommandRun run =
        run("generate", "--prompt", "A cat", "--first-frame", "small.png", "--id", "small");

    assertThat(run.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(run.out() + run.err()).contains("\"small.png\" is 100 x 100 pixels");
    assertThat(run("show", "small").exitCode()).isEqualTo(ExitCode.NOT_REACHED);
    assertThat(CREATED).isEmpty();
  }

  @Test
  void otherStoreThanTheWorkers_isToldBeforeAnythingIsSpent() throws Exception {
    picture(800, "pictures/cat.png");
    caller.put("SEEDANCE_STORE", folder.resolve("mine").toString());

    CommandRun run =
        run("generate", "--prompt", "A cat", "--first-frame", "pictures/cat.png", "--id", "mine");

    assertThat(run.exitCode()).isEqualTo(ExitCode.GENERATION_FAILED);
    assertThat(run.out()).contains("is not in the store of the worker").contains("Not charged");
    assertThat(CREATED).isEmpty();
  }

  private void picture(int side, String name) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(picture, "png", file.toFile());
  }

  private CommandRun run(String... arguments) {
    return CommandRun.in(folder, caller, "", arguments);
  }

  private static void assertDone(CommandRun run) {
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
  }

  private void write(String file, String text) throws Exception {
    Files.writeString(folder.resolve(file), text);
  }

  private static String url(JsonNode body, String type) {
    for (JsonNode item : body.path("content")) {
      if (item.path("type").asText().equals(type)) {
        return item.path(type).path("url").asText();
      }
    }
    throw new AssertionError("no " + type);
  }

  /** The service's time, which can be made to pass. */
  private static final class Ahead extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    void pass(Duration time) {
      ahead = ahead.plus(time);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
      return Clock.systemUTC().getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
