package seedance.activities.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.hash.Hashing;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.activities.generation.StoredFixture;
import seedance.activities.store.FolderStore;
import seedance.activities.store.MediaBytes;
import seedance.workflows.chain.JoinActivity;
import seedance.workflows.chain.JoinOutcome;
import seedance.workflows.chain.JoinRequest;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.Problem;

/** Real clips joined by real ffmpeg, checked by their decoded pictures. */
class JoinClipsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");
  private static final String SMALL = "128x72";

  @TempDir Path folder;
  private Path root;
  private FolderStore store;
  private volatile TestActivityEnvironment temporal;

  @BeforeEach
  void start() throws IOException {
    root = folder.resolve("it's a \"store\" $HOME; \\ 片");
    store = new FolderStore(root);
    store.checkWritable();
    temporal = TestActivityEnvironment.newInstance();
  }

  @AfterEach
  void stop() {
    temporal.close();
  }

  @Test
  void clipsOfOneForm_areCopied_pictureForPicture_withTheirSound() throws Exception {
    Path one = store("c.one", 0, SMALL, 24, true);
    Path two = store("c.two", 90, SMALL, 24, true);

    JoinOutcome.Joined joined = joined("c.one", "c.two", "c.one");

    assertThat(joined.copied()).isTrue();
    Path film = Path.of(joined.film().location());
    List<String> pictures = new ArrayList<>(FilmFiles.pictures(one));
    pictures.addAll(FilmFiles.pictures(two));
    pictures.addAll(FilmFiles.pictures(one));
    assertThat(FilmFiles.pictures(film)).hasSize(72).isEqualTo(pictures);
    assertThat(FilmFiles.streams(film)).containsExactly("video", "audio");
    assertThat(seconds(film)).isCloseTo(3.0, within(0.15));
  }

  @Test
  void film_isInTheChainsFolder_underItsNameAlone() throws Exception {
    store("c.one", 0, SMALL, 24, false);

    Artifact film = joined("c.one").film();

    Path file = Path.of(film.location());
    assertThat(film.kind()).isEqualTo(Artifact.Kind.FILM);
    assertThat(film.mediaType()).isEqualTo("video/mp4");
    assertThat(film.bytes()).isEqualTo(Files.size(file));
    assertThat(film.sha256()).hasSize(64);
    assertThat(file.getParent().getParent()).isEqualTo(root);
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
    assertThat(joined("c.one").film()).isEqualTo(film);
  }

  @Test
  void clipsOfTwoSizes_areEncodedAnew_inTheFirstOnesSize() throws Exception {
    store("c.one", 0, SMALL, 24, true);
    store("c.two", 90, "72x128", 24, true);

    JoinOutcome.Joined joined = joined("c.one", "c.two");

    assertThat(joined.copied()).isFalse();
    Path film = Path.of(joined.film().location());
    JsonNode video = FilmFiles.probe(film).path("streams").path(0);
    assertThat(video.path("width").asInt()).isEqualTo(128);
    assertThat(video.path("height").asInt()).isEqualTo(72);
    assertThat(FilmFiles.pictures(film)).hasSize(48);
    assertThat(FilmFiles.streams(film)).containsExactly("video", "audio");
  }

  @Test
  void clipsOfTwoFrameRates_areEncodedAnew_atTheFirstOnesRate() throws Exception {
    store("c.one", 0, SMALL, 24, false);
    store("c.two", 90, SMALL, 30, false);

    JoinOutcome.Joined joined = joined("c.one", "c.two");

    assertThat(joined.copied()).isFalse();
    Path film = Path.of(joined.film().location());
    assertThat(FilmFiles.probe(film).path("streams").path(0).path("r_frame_rate").asText())
        .isEqualTo("24/1");
    assertThat(seconds(film)).isCloseTo(2.0, within(0.1));
  }

  @Test
  void soundThatNotEveryClipHas_isLeftOut() throws Exception {
    store("c.one", 0, SMALL, 24, true);
    store("c.two", 90, SMALL, 24, false);

    JoinOutcome.Joined joined = joined("c.one", "c.two");

    assertThat(FilmFiles.streams(Path.of(joined.film().location()))).containsExactly("video");
    assertThat(FilmFiles.pictures(Path.of(joined.film().location()))).hasSize(48);
  }

  @Test
  void workerWithoutFfmpeg_saysWhatToInstall() throws Exception {
    StoredFixture.store(store, "c.one", "cgt-1", MediaBytes.mp4(99), new byte[0]);

    assertThat(join(folder.toString(), "c.one"))
        .isEqualTo(
            new JoinOutcome.NotJoined(
                new Problem(
                    "ffmpeg and ffprobe are not on the PATH of this worker: install ffmpeg there",
                    NOW)));
  }

  @Test
  void clipThatIsNotThere_isNamed() throws Exception {
    FilmFiles.tools();

    assertThat(notJoined("c.one"))
        .isEqualTo("the clip of c.one is not in the store, or was changed");
  }

  @Test
  void clipThatIsNone_leavesTheEarlierFilm() throws Exception {
    store("c.one", 0, SMALL, 24, false);
    StoredFixture.store(store, "c.two", "cgt-2", MediaBytes.mp4(99), new byte[0]);
    Path film = Path.of(joined("c.one").film().location());
    byte[] before = Files.readAllBytes(film);

    assertThat(notJoined("c.one", "c.two")).isEqualTo("a clip has no video that ffprobe can read");

    assertThat(film).hasBinaryContent(before);
    try (Stream<Path> files = Files.list(film.getParent())) {
      assertThat(files).containsExactly(film);
    }
  }

  @Test
  void ffmpegThatFails_isSaid_withoutItsWords() throws Exception {
    store("c.one", 0, SMALL, 24, false);
    Path tools = tools("echo \"$@\" >&2; exit 3");

    assertThat(join(tools.toString(), "c.one"))
        .isEqualTo(
            new JoinOutcome.NotJoined(
                new Problem("ffmpeg could not join the clips (exit code 3)", NOW)));
  }

  @Test
  void cancel_killsFfmpeg() throws Exception {
    store("c.one", 0, SMALL, 24, false);
    Path pid = folder.resolve("pid");
    Path tools =
        tools("echo $$ > '%s.part' && mv '%s.part' '%s'; exec sleep 600".formatted(pid, pid, pid));
    CompletableFuture<JoinOutcome> joining =
        CompletableFuture.supplyAsync(() -> join(tools.toString(), "c.one"));
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(pid));
    long process = Long.parseLong(Files.readString(pid).strip());
    assertThat(ProcessHandle.of(process)).isPresent();

    temporal.requestCancelActivity();

    assertThat(joining).failsWithin(Duration.ofMinutes(1));
    assertThat(ProcessHandle.of(process).filter(ProcessHandle::isAlive)).isEmpty();
    try (Stream<Path> files = Files.walk(root)) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
    }
  }

  @Test
  void storeThatIsAway_isAFailureThatTemporalTriesAgain() {
    FilmFiles.tools();
    store = new FolderStore(folder.resolve("not-mounted"));

    assertThatThrownBy(() -> join(System.getenv("PATH"), "c.one"))
        .isInstanceOf(ActivityFailure.class)
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getOriginalMessage())
                  .isEqualTo("the store does not work: its folder is not there");
              assertThat(failure.isNonRetryable()).isFalse();
            });
  }

  /** As an older version stored it, which believed the first twelve bytes. */
  @Test
  void fileThatOnlyBeginsAsAClip_isNone_andNoOtherFileIsReadForIt() throws Exception {
    Path secret = store("someone.else", 90, SMALL, 24, false);
    store("c.one", 0, SMALL, 24, false);
    replaceClip(
        "c.one",
        """
        <!--ftypjp2 --><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" \
        profiles="urn:mpeg:dash:profile:isoff-on-demand:2011" mediaPresentationDuration="PT1S">\
        <Period duration="PT1S"><AdaptationSet mimeType="video/mp4"><Representation id="1" \
        bandwidth="1000" width="128" height="72"><BaseURL>%s</BaseURL></Representation>\
        </AdaptationSet></Period></MPD>
        """
            .formatted(secret)
            .getBytes(StandardCharsets.UTF_8));

    assertThat(notJoined("c.one")).isEqualTo("the clip of c.one is no whole MP4 or MOV");
  }

  @Test
  void clipOfJitteredTimes_isJoined_atTheRateThatItMeans() throws Exception {
    Path jittered = FilmFiles.jitteredClip(folder.resolve("jittered.mp4"), SMALL);
    assertThat(FilmFiles.probe(jittered).path("streams").path(0).path("r_frame_rate").asText())
        .isEqualTo("90000/1");
    StoredFixture.store(store, "c.one", "cgt-1", Files.readAllBytes(jittered), new byte[0]);
    store("c.two", 90, SMALL, 24, false);

    JoinOutcome.Joined joined = joined("c.one", "c.two");

    Path film = Path.of(joined.film().location());
    assertThat(FilmFiles.probe(film).path("streams").path(0).path("r_frame_rate").asText())
        .isEqualTo("24/1");
    assertThat(FilmFiles.pictures(film)).hasSizeBetween(46, 50);
  }

  @Test
  void ffmpeg_hasNothingOfTheWorkersEnvironment() throws Exception {
    store("c.one", 0, SMALL, 24, false);
    Path environment = folder.resolve("environment");

    join(tools("env > '%s'; exit 3".formatted(environment)).toString(), "c.one");

    // What a shell adds of its own.
    assertThat(Files.readAllLines(environment))
        .allMatch(line -> line.matches("(PWD|OLDPWD|SHLVL|_|PATH)=.*"))
        .doesNotContain("PATH=" + System.getenv("PATH"));
  }

  @Test
  void eachInput_isOfOneFormat_andLeadsToNoOther() throws Exception {
    store("c.one", 0, SMALL, 24, false);
    store("c.two", 90, "72x128", 24, false);
    Path words = folder.resolve("words");

    join(tools("echo \"$@\" > '%s'; exit 3".formatted(words)).toString(), "c.one", "c.two");

    assertThat(Files.readString(words).split(" -i file:", -1))
        .hasSize(3)
        .satisfies(
            before -> {
              for (String options : List.of(before[0], before[1])) {
                assertThat(options + " ")
                    .contains(" -protocol_whitelist file ", " -format_whitelist mov ", " -f mov ")
                    .contains(" -enable_drefs 0 ", " -use_absolute_path 0 ", " -t 600 ");
              }
            });
    assertThat(Files.readString(words)).doesNotContain("c.one", "c.two");
  }

  @Test
  void whatIsNoWholeFilm_isNone_howeverItBegins() throws Exception {
    store("c.one", 0, SMALL, 24, false);
    Path tools = tools("for file; do :; done; printf '<!--ftypjp2 --> more' > \"${file#file:}\"");

    assertThat(join(tools.toString(), "c.one"))
        .isEqualTo(
            new JoinOutcome.NotJoined(new Problem("what ffmpeg made is no whole film", NOW)));
  }

  /** Puts other bytes in place of a clip, and their hash into its manifest. */
  private void replaceClip(String workflowId, byte[] content) throws IOException {
    Path clip = root.resolve(workflowId).resolve("video.mp4");
    Path manifest = clip.resolveSibling("manifest.json");
    String before = Hashing.sha256().hashBytes(Files.readAllBytes(clip)).toString();
    Files.write(clip, content);
    Files.writeString(
        manifest,
        Files.readString(manifest).replace(before, Hashing.sha256().hashBytes(content).toString()));
  }

  private Path store(String workflowId, int hue, String size, int frameRate, boolean withSound)
      throws IOException {
    Path clip =
        FilmFiles.clip(folder.resolve(workflowId + ".mp4"), hue, size, frameRate, withSound);
    StoredFixture.store(store, workflowId, "cgt-" + hue, Files.readAllBytes(clip), new byte[0]);
    return clip;
  }

  /** A folder with the real ffprobe, and an ffmpeg that runs a script. */
  private Path tools(String script) throws IOException {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    Files.createSymbolicLink(tools.resolve("ffprobe"), FilmFiles.tools().ffprobe());
    Path ffmpeg = Files.writeString(tools.resolve("ffmpeg"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(ffmpeg, PosixFilePermissions.fromString("rwx------"));
    return tools;
  }

  private static double seconds(Path film) throws IOException {
    return FilmFiles.probe(film).path("format").path("duration").asDouble();
  }

  private JoinOutcome.Joined joined(String... generations) {
    return (JoinOutcome.Joined) join(System.getenv("PATH"), generations);
  }

  private String notJoined(String... generations) {
    return ((JoinOutcome.NotJoined) join(System.getenv("PATH"), generations)).problem().what();
  }

  private JoinOutcome join(String searchPath, String... generations) {
    temporal.close();
    temporal = TestActivityEnvironment.newInstance();
    temporal.registerActivitiesImplementations(
        new JoinClips(store, searchPath, Clock.fixed(NOW, ZoneOffset.UTC)));
    return temporal
        .newActivityStub(
            JoinActivity.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofMinutes(1))
                // A cancel is heard of with a heartbeat, of which one is sent in 4/5 of this.
                .setHeartbeatTimeout(Duration.ofSeconds(1))
                .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                .build())
        .join(new JoinRequest(List.of(generations)));
  }
}
