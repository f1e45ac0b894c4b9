package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.activities.provider.Puzzle;
import seedance.activities.provider.ResultFiles;
import seedance.activities.provider.TaskLook;
import seedance.activities.provider.TaskStatus;
import seedance.activities.provider.TestFiles;
import seedance.activities.store.FolderStore;
import seedance.activities.store.MediaBytes;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.Cost;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.GenerationOutcome;
import seedance.workflows.generation.HandOffActivity;
import seedance.workflows.generation.HandOffOutcome;
import seedance.workflows.generation.HandOffRequest;
import seedance.workflows.json.Json;

/** The hand-off as an activity, with a real file host and a real folder. */
class StoreClipTest {
  private static final Instant NOW = Instant.parse("2026-11-22T18:02:00Z");
  private static final byte[] CLIP = MediaBytes.mp4(200_000);
  private static final Json ASKS_FOR_LAST_FRAME =
      new Json(Map.of("model", "m", "return_last_frame", true));

  private static final Json BODY = new Json(Map.of("model", "doubao-seedance-2-0", "seed", 7));
  private static final GenerationOutcome ENDED_TWO_DAYS_AGO =
      ended(NOW.minus(Duration.ofHours(48)));
  private static final Cost COST = new Cost(new BigDecimal("5.0094"), "CNY", "by the list");

  @TempDir Path outside;
  private Path root;
  private final MockWebServer host = new MockWebServer();
  private final ScriptedProvider provider = new ScriptedProvider();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private TestActivityEnvironment temporal;
  private HandOffActivity activity;

  @BeforeEach
  void start() throws IOException {
    host.start();
    root = outside.resolve("clips");
    startWith(TestFiles.of(host));
  }

  private void startWith(ResultFiles files) {
    worker(files, DownloadLimits.DEFAULTS);
  }

  private void worker(DownloadLimits limits) {
    worker(TestFiles.of(host), limits);
  }

  private void worker(ResultFiles files, DownloadLimits limits) {
    temporal = TestActivityEnvironment.newInstance();
    temporal.registerActivitiesImplementations(
        new StoreClip(
            provider,
            files,
            limits,
            new FolderStore(root),
            UnsharedLooks.realTime(),
            new GenerationMetrics(meters),
            Clock.fixed(NOW, ZoneOffset.UTC)));
    activity =
        temporal.newActivityStub(
            HandOffActivity.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofMinutes(1))
                .setHeartbeatTimeout(Duration.ofSeconds(1))
                .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                .build());
  }

  @AfterEach
  void stop() {
    temporal.close();
    host.close();
  }

  @Test
  void clipAndLastFrame_areStored_withTheManifestThatDescribesThem() throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4"), url("/l.png")));
    host.enqueue(file(CLIP));
    host.enqueue(file(MediaBytes.png()));

    HandOffOutcome.Stored stored = stored(handOff(1));

    assertThat(stored.at()).isEqualTo(NOW);
    assertThat(stored.artifacts())
        .extracting(Artifact::kind)
        .containsExactly(Artifact.Kind.VIDEO, Artifact.Kind.LAST_FRAME);
    assertThat(Path.of(stored.artifacts().get(0).location())).hasBinaryContent(CLIP);
    assertThat(Path.of(stored.artifacts().get(1).location())).hasBinaryContent(MediaBytes.png());
    JsonNode manifest = new ObjectMapper().readTree(Path.of(stored.manifest()).toFile());
    assertThat(manifest.path("taskId").asText()).isEqualTo(ScriptedProvider.TASK);
    assertThat(manifest.path("request").path("seed").asInt()).isEqualTo(7);
    assertThat(manifest.path("outcome").path("seed").asInt()).isEqualTo(97151);
    assertThat(manifest.path("cost").path("amount").decimalValue()).isEqualTo("5.0094");
    assertThat(manifest.path("artifacts").path(0).path("sha256").asText())
        .isEqualTo(stored.artifacts().get(0).sha256());
    assertThat(manifest.toString()).doesNotContain(host.getHostName(), "X-Sig");
    assertThat(meters.get("seedance.hand.offs").tag("outcome", "stored").counter().count())
        .isEqualTo(1);
  }

  @Test
  void manifestThatIsThere_isTheAnswer_withoutALookOrADownload() throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4")));
    host.enqueue(file(CLIP));
    HandOffOutcome first = handOff(1);

    assertThat(handOff(2)).isEqualTo(first);

    assertThat(provider.looked).hasSize(1);
    assertThat(host.getRequestCount()).isEqualTo(1);
  }

  @Test
  void videoWithoutManifest_isNotDownloadedAgain() throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4"), url("/l.png")));
    host.enqueue(file(CLIP));
    host.enqueue(file(MediaBytes.png()));
    HandOffOutcome.Stored first = stored(handOff(1));
    Files.delete(Path.of(first.manifest()));
    Files.delete(Path.of(first.artifacts().get(1).location()));
    host.enqueue(file(MediaBytes.png()));

    assertThat(stored(handOff(2)).artifacts()).isEqualTo(first.artifacts());

    assertThat(paths(3)).containsExactly("/v.mp4", "/l.png", "/l.png");
  }

  @Test
  void videoWhoseRecordIsGone_isStillFinished_fromTheStore() throws Exception {
    provider
        .onLook(ScriptedProvider.succeeded(url("/v.mp4")))
        .onLook(ScriptedProvider.noSuchTask());
    host.enqueue(file(CLIP));
    HandOffOutcome.Stored first = stored(handOff(1));
    Files.delete(Path.of(first.manifest()));

    assertThat(stored(handOff(99)).artifacts()).isEqualTo(first.artifacts());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410})
  void deadUrl_isNotStoredYet_andTheNextHandOffAsksForAFreshOne(int status) throws Exception {
    provider
        .onLook(ScriptedProvider.succeeded(url("/old.mp4")))
        .onLook(ScriptedProvider.succeeded(url("/new.mp4")));
    host.enqueue(new MockResponse.Builder().code(status).build());
    host.enqueue(file(CLIP));

    assertThat(notStored(handOff(1)).problem().what())
        .isEqualTo("the file's URL is dead (" + status + ")");
    stored(handOff(2));

    assertThat(paths(2)).containsExactly("/old.mp4", "/new.mp4");
  }

  /** What there is of a task that was seen finished, as the service, then the host answers. */
  static Stream<TaskLook> withoutItsClip() {
    return Stream.of(
        ScriptedProvider.going(TaskStatus.Known.RUNNING),
        ScriptedProvider.ended(TaskStatus.Known.EXPIRED, FailureType.TASK_EXPIRED),
        ScriptedProvider.ended(TaskStatus.Known.FAILED, FailureType.TASK_FAILED),
        ScriptedProvider.going(TaskStatus.Strange.SUCCEEDED_WITHOUT_VIDEO),
        ScriptedProvider.puzzling(new Puzzle(Puzzle.Kind.NO_VIDEO, "finished")));
  }

  @ParameterizedTest
  @MethodSource("withoutItsClip")
  void clipThatNoLookNames_isLost_twoDaysAfterItsEnd(TaskLook look) {
    provider.onLook(look);

    assertThat(notStored(handOff(ENDED_TWO_DAYS_AGO, null)).noSuchTask()).isTrue();
    notStored(handOff(ENDED_TWO_DAYS_AGO, NOW.minus(Duration.ofHours(6)).plusMillis(1)));
    assertThat(handOff(ENDED_TWO_DAYS_AGO, NOW.minus(Duration.ofHours(6))))
        .isInstanceOf(HandOffOutcome.Lost.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410})
  void clipWhoseUrlIsDead_isLost_twoDaysAfterItsEnd(int status) {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4")));
    host.enqueue(new MockResponse.Builder().code(status).build());
    host.enqueue(new MockResponse.Builder().code(status).build());

    assertThat(notStored(handOff(ENDED_TWO_DAYS_AGO, null)).noSuchTask()).isTrue();
    assertThat(handOff(ENDED_TWO_DAYS_AGO, NOW.minus(Duration.ofHours(6))))
        .isInstanceOfSatisfying(
            HandOffOutcome.Lost.class,
            lost ->
                assertThat(lost.problem().what())
                    .isEqualTo("the file's URL is dead (" + status + ")"));
  }

  @Test
  void clipThatIsNotThere_isAskedForAgain_untilItIsOld() {
    provider.onLook(ScriptedProvider.going(TaskStatus.Strange.SUCCEEDED_WITHOUT_VIDEO));
    Instant aDayAgo = NOW.minus(Duration.ofDays(1));

    notStored(handOff(ended(NOW.minus(Duration.ofHours(48)).plusMillis(1)), aDayAgo));
    notStored(handOff(ended(null), aDayAgo));
  }

  @Test
  void clipThatIsNotThere_andWhoseEndIsNotKnown_isLost_eightDaysAfterItsTask() {
    provider.onLook(ScriptedProvider.going(TaskStatus.Strange.SUCCEEDED_WITHOUT_VIDEO));
    Instant missingSince = NOW.minus(Duration.ofHours(6));
    Instant eightDaysAgo = NOW.minus(Duration.ofDays(8));

    notStored(handOff(ended(null), eightDaysAgo.plusMillis(1), missingSince));
    assertThat(handOff(ended(null), eightDaysAgo, missingSince))
        .isInstanceOf(HandOffOutcome.Lost.class);
  }

  /** None of these says that there is no clip. */
  @Test
  void whatMayPass_losesNoClip_howeverOldItIs() throws Exception {
    Instant longAgo = NOW.minus(Duration.ofDays(30));
    provider
        .onLook(new TaskLook.NotSeen("no connection", Optional.empty()))
        .onLook(ScriptedProvider.puzzling(new Puzzle(Puzzle.Kind.NO_ANSWER, "its content: 503")))
        .onLook(ScriptedProvider.succeeded(url("/v.mp4")));
    host.enqueue(new MockResponse.Builder().code(503).build());
    host.enqueue(file("<html>".getBytes(StandardCharsets.UTF_8)));

    for (int i = 0; i < 4; i++) {
      assertThat(notStored(handOff(ended(longAgo), longAgo, longAgo)).noSuchTask()).isFalse();
    }
  }

  @Test
  void storeThatDoesNotWork_losesNoClip_andBeginsTheHoursAnew() throws Exception {
    Instant longAgo = NOW.minus(Duration.ofDays(30));
    provider.onLook(ScriptedProvider.going(TaskStatus.Strange.SUCCEEDED_WITHOUT_VIDEO));
    Files.writeString(root, "not a folder");

    assertThat(notStored(handOff(ended(longAgo), longAgo, longAgo)).noSuchTask()).isFalse();
  }

  @Test
  void deadLastFrame_losesNoClip() throws Exception {
    Instant longAgo = NOW.minus(Duration.ofDays(30));
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4"), url("/l.png")));
    host.enqueue(file(CLIP));
    host.enqueue(new MockResponse.Builder().code(404).build());

    assertThat(notStored(handOff(ended(longAgo), longAgo, longAgo)).noSuchTask()).isFalse();
  }

  @Test
  void fileHostThatIsDown_isNotStoredYet() throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4")));
    host.close();

    HandOffOutcome.NotStored outcome = notStored(handOff(3));

    assertThat(outcome.problem().what()).isEqualTo("the connection was refused");
    assertThat(outcome.retryIn()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(24));
  }

  @Test
  void busyFileHost_isAskedWhenItSays() throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4")));
    host.enqueue(new MockResponse.Builder().code(503).setHeader("Retry-After", "77").build());

    assertThat(notStored(handOff(1)).retryIn()).isEqualTo(Duration.ofSeconds(77));
  }

  @Test
  void stalledDownload_isNotStoredYet_andLeavesNothing() throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4")));
    host.enqueue(
        new MockResponse.Builder()
            .body(new Buffer().write(CLIP))
            .onResponseBody(SocketEffect.Stall.INSTANCE)
            .build());
    temporal.close();
    startWith(TestFiles.impatientlyOf(host));

    assertThat(notStored(handOff(1)).problem().what())
        .isEqualTo("the download did not arrive whole: the file stopped flowing");
    assertThat(names()).containsExactly(".task");
  }

  @Test
  void errorPageInsteadOfAClip_isNotStoredYet_andLeavesNothing() throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4")));
    host.enqueue(file("<html>sign in at https://x.example/?X-Sig=1</html>".getBytes()));

    assertThat(notStored(handOff(1)).problem().what()).isEqualTo("what came is no media file");
    assertThat(names()).containsExactly(".task");
  }

  @Test
  void lookThatFails_isNotStoredYet_untilTheServiceSays() throws Exception {
    provider.onLook(
        new TaskLook.NotSeen("the service answered 429", Optional.of(Duration.ofSeconds(99))));

    HandOffOutcome.NotStored outcome = notStored(handOff(50));

    assertThat(outcome.problem().what()).isEqualTo("the service answered 429");
    assertThat(outcome.retryIn()).isGreaterThanOrEqualTo(Duration.ofSeconds(99));
    assertThat(host.getRequestCount()).isZero();
  }

  @Test
  void taskThatNamesNoVideo_isNotStoredYet() {
    provider.onLook(ScriptedProvider.going(TaskStatus.Strange.SUCCEEDED_WITHOUT_VIDEO));

    assertThat(notStored(handOff(50)).problem().what())
        .isEqualTo("the service names no video for the finished task");
  }

  @Test
  void taskThatNamesNoVideo_isAProblem_thatNamesItsFields_andIsLostOnceItIsCleared() {
    String what = "finished, but names no video (its fields: id, status)";
    provider
        .onLook(ScriptedProvider.puzzling(new Puzzle(Puzzle.Kind.NO_VIDEO, what)))
        .onLook(ScriptedProvider.puzzling(new Puzzle(Puzzle.Kind.CLEARED, "it is gone")));

    assertThat(notStored(handOff(2)).problem().what()).isEqualTo(what);
    assertThat(handOff(3))
        .isInstanceOfSatisfying(
            HandOffOutcome.Lost.class,
            lost -> assertThat(lost.problem().what()).isEqualTo("it is gone"));
  }

  @Test
  void noSuchTask_isNotBelieved_howeverManyHandOffsFailedForOtherReasons() {
    provider.onLook(ScriptedProvider.noSuchTask());

    HandOffOutcome.NotStored outcome = notStored(handOff(500));

    assertThat(outcome.problem().what()).isEqualTo("the service knows no such task");
    assertThat(outcome.noSuchTask()).isTrue();
  }

  @Test
  void noSuchTask_isBelievedAfterADayOfNothingElse_onceItsUrlsHaveDied() {
    provider.onLook(ScriptedProvider.noSuchTask());
    GenerationOutcome old = ended(NOW.minus(Duration.ofHours(48)));

    assertThat(notStored(handOff(old, NOW.minus(Duration.ofHours(23)))).noSuchTask()).isTrue();
    assertThat(handOff(old, NOW.minus(Duration.ofHours(24))))
        .isInstanceOfSatisfying(
            HandOffOutcome.Lost.class,
            lost -> assertThat(lost.problem().what()).isEqualTo("the service knows no such task"));
  }

  @Test
  void oneAnswerThatKnowsNoSuchTask_losesNoClip_afterADayOfDeadUrls() {
    provider.onLook(ScriptedProvider.noSuchTask());
    GenerationOutcome yesterdays = ended(NOW.minus(Duration.ofHours(47)));

    assertThat(notStored(handOff(yesterdays, NOW.minus(Duration.ofHours(30)))).noSuchTask())
        .isTrue();
    assertThat(notStored(handOff(ended(null), NOW.minus(Duration.ofHours(30)))).noSuchTask())
        .isTrue();
  }

  @Test
  void lastFrameThatCannotBeHad_holdsTheVideoBackForSomeHandOffsOnly() throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4"), url("/l.png")));
    host.enqueue(file(CLIP));
    host.enqueue(new MockResponse.Builder().code(404).build());
    host.enqueue(new MockResponse.Builder().code(404).build());

    assertThat(notStored(handOff(1)).problem().what()).isEqualTo("the file's URL is dead (404)");
    assertThat(stored(handOff(10)).artifacts())
        .extracting(Artifact::kind)
        .containsExactly(Artifact.Kind.VIDEO);
  }

  @Test
  void lookThatNamesNothingOnceTheVideoIsStored_doesNotDropTheLastFrame() throws Exception {
    provider
        .onLook(ScriptedProvider.succeeded(url("/v.mp4"), url("/l.png")))
        .onLook(
            ScriptedProvider.puzzling(
                new Puzzle(Puzzle.Kind.NO_VIDEO, "finished, but names no video")))
        .onLook(ScriptedProvider.succeeded(url("/v.mp4"), url("/l.png")));
    host.enqueue(file(CLIP));
    host.enqueue(new MockResponse.Builder().code(403).build());
    host.enqueue(file(MediaBytes.png()));

    notStored(handOff(ASKS_FOR_LAST_FRAME, 1));
    assertThat(notStored(handOff(ASKS_FOR_LAST_FRAME, 2)).problem().what())
        .isEqualTo("the service names no last frame, which was asked for");

    assertThat(stored(handOff(ASKS_FOR_LAST_FRAME, 3)).artifacts())
        .extracting(Artifact::kind)
        .containsExactly(Artifact.Kind.VIDEO, Artifact.Kind.LAST_FRAME);
  }

  @Test
  void lastFrameThatWasAskedFor_andIsNeverNamed_holdsTheVideoBackForHalfAMinuteOnly() {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4")));
    host.enqueue(file(CLIP));

    notStored(handOff(ASKS_FOR_LAST_FRAME, 1));
    notStored(handOff(ASKS_FOR_LAST_FRAME, 3));
    assertThat(stored(handOff(ASKS_FOR_LAST_FRAME, 4)).artifacts()).hasSize(1);
    assertThat(host.getRequestCount()).isEqualTo(1);
  }

  @Test
  void lookThatFailsOnceTheVideoIsStored_doesNotDropTheLastFrame() throws Exception {
    provider
        .onLook(ScriptedProvider.succeeded(url("/v.mp4"), url("/l.png")))
        .onLook(new TaskLook.NotSeen("the service answered 429", Optional.empty()))
        .onLook(ScriptedProvider.noSuchTask())
        .onLook(ScriptedProvider.succeeded(url("/v.mp4"), url("/l.png")));
    host.enqueue(file(CLIP));
    host.enqueue(new MockResponse.Builder().code(503).build());
    host.enqueue(file(MediaBytes.png()));

    notStored(handOff(1));
    notStored(handOff(2));
    notStored(handOff(3));

    assertThat(stored(handOff(4)).artifacts())
        .extracting(Artifact::kind)
        .containsExactly(Artifact.Kind.VIDEO, Artifact.Kind.LAST_FRAME);
  }

  @Test
  void fileWhereTheStoreShouldBe_isAReadableProblem() throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4?X-Sig=secret")));
    Files.writeString(root, "not a folder");

    assertThat(notStored(handOff(1)).problem().what())
        .startsWith("the store does not work: ")
        .doesNotContain("Exception", "http", "X-Sig")
        .hasSizeGreaterThan(30);
  }

  @Test
  void storeThatWentAway_isAReadableProblem_untilItIsBack() throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4"), url("/l.png")));
    host.enqueue(file(CLIP));
    host.enqueue(new MockResponse.Builder().code(503).build());
    host.enqueue(file(MediaBytes.png()));
    notStored(handOff(1));
    Path away = outside.resolve("away");
    Files.move(root, away);

    assertThat(notStored(handOff(2)).problem().what())
        .isEqualTo("the store does not work: its folder is not there");
    assertThat(root).doesNotExist();

    Files.move(away, root);
    stored(handOff(3));
    assertThat(paths(3)).containsExactly("/v.mp4", "/l.png", "/l.png");
  }

  @Test
  void fileWhereTheWorkflowsFolderShouldBe_keepsNoClipOut() throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4")));
    host.enqueue(file(CLIP));
    Files.createDirectories(root);
    Files.writeString(root.resolve(workflowFolder()), "not a folder");

    Artifact clip = stored(handOff(1)).artifacts().get(0);

    assertThat(Path.of(clip.location())).hasBinaryContent(CLIP).startsWith(root);
    assertThat(root.resolve(workflowFolder())).hasContent("not a folder");
    assertThat(stored(handOff(2)).artifacts()).containsExactly(clip);
  }

  @Test
  void folderInThePlaceOfTheVideo_isAReadableProblem_andTheDownloadIsNotKept() throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4")));
    host.enqueue(file(CLIP));
    Path inTheWay = root.resolve(workflowFolder()).resolve("video.mp4/full");
    Files.createDirectories(inTheWay);

    assertThat(notStored(handOff(1)).problem().what())
        .startsWith("the store does not work: ")
        .doesNotContain("Exception", "http");
    assertThat(names()).containsExactlyInAnyOrder(".task", "video.mp4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"request\":\"a private cat\",", "{}", "empty", "negative"})
  void manifestThatMakesNoSense_isWrittenAnew_fromTheFilesThatAreThere(String broken)
      throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4")));
    host.enqueue(file(CLIP));
    HandOffOutcome.Stored first = stored(handOff(1));
    String written = Files.readString(Path.of(first.manifest()));
    Files.writeString(
        Path.of(first.manifest()),
        switch (broken) {
          case "empty" -> written.replaceFirst("(?s)\"artifacts\" : \\[.*?]", "\"artifacts\" : []");
          case "negative" -> written.replaceFirst("\"bytes\" : ", "\"bytes\" : -");
          default -> broken;
        });

    assertThat(handOff(2)).isEqualTo(first);

    assertThat(host.getRequestCount()).isEqualTo(1);
    assertThat(ManifestReading.read(Files.readAllBytes(Path.of(first.manifest()))).artifacts())
        .isEqualTo(first.artifacts());
  }

  @Test
  void storedFileThatWasCutSince_isHadAgain() throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4")));
    host.enqueue(file(CLIP));
    HandOffOutcome.Stored first = stored(handOff(1));
    Path clip = Path.of(first.artifacts().get(0).location());
    Files.write(clip, java.util.Arrays.copyOf(CLIP, CLIP.length / 2));
    host.enqueue(file(CLIP));

    assertThat(stored(handOff(2)).artifacts()).isEqualTo(first.artifacts());

    assertThat(clip).hasBinaryContent(CLIP);
  }

  @Test
  void fileWithoutManifest_isJudgedAgain_andHadAgainWhereItIsNone() throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4")));
    Path folder = Files.createDirectories(root.resolve(workflowFolder()));
    Files.writeString(folder.resolve(".task"), ScriptedProvider.TASK);
    Files.write(folder.resolve("video.mp4"), java.util.Arrays.copyOf(CLIP, CLIP.length - 1));
    host.enqueue(file(CLIP));

    assertThat(stored(handOff(1)).artifacts().get(0).bytes()).isEqualTo(CLIP.length);

    assertThat(folder.resolve("video.mp4")).hasBinaryContent(CLIP);
  }

  @Test
  void clipThatWasThereBeforeTheTask_isNotHandedOut_andStaysAsItWas() throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4")));
    host.enqueue(file(CLIP));
    byte[] foreign = MediaBytes.mp4(777);
    Path folder = Files.createDirectories(root.resolve(workflowFolder()));
    Files.write(folder.resolve("video.mp4"), foreign);

    HandOffOutcome.Stored stored = stored(handOff(1));

    assertThat(Path.of(stored.artifacts().get(0).location())).hasBinaryContent(CLIP);
    assertThat(folder.resolve("video.mp4")).hasBinaryContent(foreign);
    assertThat(handOff(2)).isEqualTo(stored);
    assertThat(host.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ScriptedProvider.TASK})
  void clipOfAnotherTask_isNotHandedOut_whateverTheFoldersClaimSays(String claim) throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4")));
    Path folder = folderOfAnotherTask("");
    Files.writeString(folder.resolve(".task"), claim);
    host.enqueue(file(CLIP));

    HandOffOutcome.Stored stored = stored(handOff(1));

    assertThat(Path.of(stored.artifacts().get(0).location())).hasBinaryContent(CLIP);
    assertThat(folder.resolve("video.mp4")).hasBinaryContent(MediaBytes.mp4(777));
    assertThat(handOff(2)).isEqualTo(stored);
  }

  @Test
  void clipOfAnotherTask_isNotHandedOut_notEvenFromTheTasksOwnFolder() throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4")));
    Path folder = folderOfAnotherTask(ScriptedProvider.TASK);
    Files.writeString(folder.resolveSibling(".task"), "cgt-another");
    host.enqueue(file(CLIP));

    HandOffOutcome.Stored stored = stored(handOff(1));

    assertThat(Path.of(stored.artifacts().get(0).location()))
        .hasParent(folder)
        .hasBinaryContent(CLIP);
    assertThat(handOff(2)).isEqualTo(stored);
  }

  /** A folder with the whole clip and the manifest of another task. */
  private Path folderOfAnotherTask(String name) throws IOException {
    host.enqueue(file(MediaBytes.mp4(777)));
    Path manifest = Path.of(stored(handOff(1)).manifest());
    Files.writeString(
        manifest, Files.readString(manifest).replace(ScriptedProvider.TASK, "cgt-another"));
    Path folder = manifest.resolveSibling(name).normalize();
    if (!name.isEmpty()) {
      Files.createDirectory(folder);
      for (String file : List.of("video.mp4", "manifest.json")) {
        Files.move(manifest.resolveSibling(file), folder.resolve(file));
      }
    }
    return folder;
  }

  @Test
  void longDownload_heartbeatsWhatItHas() throws Exception {
    List<Long> beats = new java.util.concurrent.CopyOnWriteArrayList<>();
    temporal.setActivityHeartbeatListener(Long.class, beats::add);
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4")));
    // Some five seconds.
    host.enqueue(file(CLIP).newBuilder().throttleBody(4000, 100, TimeUnit.MILLISECONDS).build());

    stored(handOff(1));

    assertThat(beats).hasSizeGreaterThanOrEqualTo(2).isSorted();
    assertThat(beats.get(beats.size() - 1)).isBetween(64L * 1024, (long) CLIP.length);
  }

  @Test
  void brokenDownload_isGoneOnWith_byTheNextHandOff_underAFreshUrl() throws Exception {
    CuttingHost cutting = new CuttingHost(CLIP).cutting(120_000, 0);
    host.setDispatcher(cutting);
    provider
        .onLook(ScriptedProvider.succeeded(url("/v.mp4?X-Sig=1")))
        .onLook(ScriptedProvider.succeeded(url("/v.mp4?X-Sig=2")));

    assertThat(notStored(handOff(1)).problem().what())
        .isEqualTo("the download did not arrive whole: the connection broke in the file");
    HandOffOutcome.Stored stored = stored(handOff(2));

    assertThat(Path.of(stored.artifacts().get(0).location())).hasBinaryContent(CLIP);
    assertThat(cutting.asked).containsExactly("whole", "120000", "120000");
    assertThat(names()).containsExactlyInAnyOrder(".task", "manifest.json", "video.mp4");
  }

  @Test
  void bug_isAProblemThatIsTold_andNoHandOffThatNeverEnds() {
    provider.onLook(
        () -> {
          throw new IllegalStateException("https://tos.example/v.mp4?X-Sig=1");
        });

    assertThat(notStored(handOff(1)).problem().what())
        .startsWith("a bug: IllegalStateException at ")
        .doesNotContain("X-Sig");
  }

  @Test
  void cancelledDownload_thatCouldBeGoneOnWith_leavesNoPart() throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4")));
    // Without the cancel this takes longer than the test may.
    host.enqueue(
        file(MediaBytes.mp4(64 * 1024 * 1024))
            .newBuilder()
            .setHeader("ETag", "\"v1\"")
            .throttleBody(32 * 1024, 50, TimeUnit.MILLISECONDS)
            .build());
    CompletableFuture<HandOffOutcome> running = CompletableFuture.supplyAsync(() -> handOff(1));
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> names().size() > 2);

    temporal.requestCancelActivity();

    assertThat(running).failsWithin(Duration.ofSeconds(30));
    assertThat(names()).containsExactly(".task");
  }

  @Test
  void pictureInThePlaceOfTheClip_isNotStoredYet() throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4")));
    host.enqueue(file(MediaBytes.png()));

    assertThat(notStored(handOff(1)).problem().what())
        .isEqualTo("the download did not arrive whole: what came is image/png");
  }

  @Test
  void clipOverTheLimit_isNotStoredYet_andSaysWhichSetting() throws Exception {
    temporal.close();
    worker(DownloadLimits.DEFAULTS.withLargestFile(1000));
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4")));
    host.enqueue(file(CLIP));

    assertThat(notStored(handOff(1)).problem().what())
        .isEqualTo("the file has more than 1000 bytes, the most that SEEDANCE_LARGEST_FILE allows");
    assertThat(names()).containsExactly(".task");
  }

  @Test
  void cancel_stopsTheDownload_andLeavesNoPart() throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4")));
    // Without the cancel this takes longer than the test waits.
    host.enqueue(
        file(MediaBytes.mp4(64 * 1024 * 1024))
            .newBuilder()
            .throttleBody(32 * 1024, 50, TimeUnit.MILLISECONDS)
            .build());
    CompletableFuture<HandOffOutcome> running = CompletableFuture.supplyAsync(() -> handOff(1));
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> names().size() > 1);

    temporal.requestCancelActivity();

    assertThatThrownBy(() -> running.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(CanceledFailure.class);
    assertThat(names()).containsExactly(".task");
  }

  @Test
  void requestThatTheStoreKeeps_isInTheManifest_andForgottenThen() throws Exception {
    FolderStore store = new FolderStore(root);
    store.keepRequest(workflowFolder(), "run-7", "{\"seed\":8}".getBytes(StandardCharsets.UTF_8));
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4"), null));
    host.enqueue(file(CLIP));

    HandOffOutcome.Stored stored = stored(handOffOf("run-7"));

    JsonNode manifest = new ObjectMapper().readTree(Path.of(stored.manifest()).toFile());
    assertThat(manifest.path("request").path("seed").asInt()).isEqualTo(8);
    assertThat(store.request(workflowFolder(), "run-7")).isEmpty();
  }

  @Test
  void requestThatTheStoreHasLost_leavesTheManifestWithWhatElseIsKnown() throws Exception {
    provider.onLook(ScriptedProvider.succeeded(url("/v.mp4"), null));
    host.enqueue(file(CLIP));

    HandOffOutcome.Stored stored = stored(handOffOf("run-7"));

    JsonNode manifest = new ObjectMapper().readTree(Path.of(stored.manifest()).toFile());
    assertThat(manifest.path("request").toString())
        .isEqualTo("{\"model\":\"doubao-seedance-2-0\",\"resolution\":\"720p\",\"duration\":5}");
  }

  private HandOffOutcome handOffOf(String storedRequest) {
    return activity.handOff(
        new HandOffRequest(
            ScriptedProvider.TASK,
            null,
            storedRequest,
            "doubao-seedance-2-0",
            "720p",
            5,
            ScriptedProvider.OUTCOME,
            COST,
            Instant.parse("2026-11-22T18:00:00Z"),
            Instant.parse("2026-11-22T18:01:55Z"),
            1,
            null,
            null,
            null,
            null));
  }

  private HandOffOutcome handOff(int attempt) {
    return handOff(attempt, null);
  }

  private HandOffOutcome handOff(int attempt, Instant missingSince) {
    return handOff(BODY, attempt, missingSince);
  }

  private HandOffOutcome handOff(Json body, int attempt) {
    return handOff(body, attempt, null);
  }

  private HandOffOutcome handOff(Json body, int attempt, Instant missingSince) {
    return activity.handOff(
        new HandOffRequest(
            ScriptedProvider.TASK,
            body,
            ScriptedProvider.OUTCOME,
            COST,
            Instant.parse("2026-11-22T18:00:00Z"),
            Instant.parse("2026-11-22T18:01:55Z"),
            attempt,
            missingSince,
            "run-1/shot"));
  }

  private HandOffOutcome handOff(GenerationOutcome outcome, Instant missingSince) {
    return handOff(outcome, NOW.minus(Duration.ofDays(3)), missingSince);
  }

  private HandOffOutcome handOff(
      GenerationOutcome outcome, Instant acceptedAt, Instant missingSince) {
    return activity.handOff(
        new HandOffRequest(
            ScriptedProvider.TASK, BODY, outcome, COST, acceptedAt, NOW, 7, missingSince, null));
  }

  private static GenerationOutcome ended(Instant at) {
    return new GenerationOutcome(
        "m", null, at, null, null, null, null, null, null, null, null, null);
  }

  private static HandOffOutcome.Stored stored(HandOffOutcome outcome) {
    assertThat(outcome).isInstanceOf(HandOffOutcome.Stored.class);
    return (HandOffOutcome.Stored) outcome;
  }

  private static HandOffOutcome.NotStored notStored(HandOffOutcome outcome) {
    assertThat(outcome).isInstanceOf(HandOffOutcome.NotStored.class);
    return (HandOffOutcome.NotStored) outcome;
  }

  private static MockResponse file(byte[] content) {
    return new MockResponse.Builder().body(new Buffer().write(content)).build();
  }

  private URI url(String path) {
    return host.url(path).uri();
  }

  private List<String> paths(int requests) throws InterruptedException {
    List<String> paths = new java.util.ArrayList<>();
    for (int i = 0; i < requests; i++) {
      paths.add(host.takeRequest(60, TimeUnit.SECONDS).getTarget());
    }
    return paths;
  }

  /** The folder that the environment's one workflow id leads to. */
  private static String workflowFolder() {
    return "test-workflow-id";
  }

  private List<String> names() throws IOException {
    Path folder = root.resolve(workflowFolder());
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
