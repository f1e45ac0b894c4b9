package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seedance.activities.MovableClock;
import seedance.activities.generation.References.Resolution;
import seedance.activities.provider.Puzzle;
import seedance.activities.provider.TaskLook;
import seedance.activities.provider.TaskStatus;
import seedance.activities.provider.TestFiles;
import seedance.activities.store.FolderStore;
import seedance.activities.store.MediaBytes;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.ServiceError;
import seedance.workflows.json.Json;

/** What goes to the service in the place of a reference to an earlier generation. */
class ReferencesTest {
  private static final String ASKED_FOR_A_DAY =
      "; asked again until a day after the clip was stored, unless SEEDANCE_STORE_URL serves the copy";

  private static final byte[] CLIP = MediaBytes.mp4(2_000);
  private static final byte[] NO_FRAME = {};
  private static final URI OWN_VIDEO = URI.create("https://tos.example/v.mp4?X-Tos-Signature=s");
  private static final URI OWN_FRAME = URI.create("https://tos.example/l.png?X-Tos-Signature=s");
  private static final URI BASE = URI.create("https://cdn.example/clips/");

  private static final Resolution TOO_LONG =
      new Resolution.NotNow(
          "asking for the earlier generations that the request refers to took too long",
          Optional.empty());

  /** Five minutes after the scripted task was finished. */
  private static final Instant SOON = Instant.parse("2026-11-22T18:06:50Z");

  @TempDir Path root;
  private final MockWebServer host = new MockWebServer();
  private final ScriptedProvider provider = new ScriptedProvider();
  private final MovableClock clock = new MovableClock(SOON);
  private FolderStore store;

  @BeforeEach
  void start() throws IOException {
    host.start();
    store = new FolderStore(root);
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @Test
  void bodyWithoutReferences_isLeftAlone_andNothingIsAsked() {
    Json body = body(image("https://me.example/a.png"), text("generation://my-id/video"));

    assertThat(resolve(body)).isEqualTo(new Resolution.Resolved(body));
    assertThat(provider.looked).isEmpty();
  }

  @Test
  void servicesOwnFreshUrl_isPreferred_toTheServedCopy() throws Exception {
    store("my-id", MediaBytes.png());
    serve();
    provider.onLook(ScriptedProvider.succeeded(OWN_VIDEO, OWN_FRAME));

    assertThat(resolved(video("generation://my-id/video"), image("generation://my-id/last_frame")))
        .isEqualTo(body(video(OWN_VIDEO.toString()), image(OWN_FRAME.toString())));
    assertThat(provider.looked).containsExactly(ScriptedProvider.TASK);
    assertThat(host.getRequestCount()).isZero();
  }

  @Test
  void task_isItsId_withoutALook() throws Exception {
    store("my-id", NO_FRAME);

    assertThat(resolved(draft("generation://my-id/task")))
        .isEqualTo(body(draft(ScriptedProvider.TASK)));
    assertThat(provider.looked).isEmpty();
  }

  @Test
  void encodedWorkflowId_isFound() throws Exception {
    store("shots/一 %", NO_FRAME);
    provider.onLook(ScriptedProvider.succeeded(OWN_VIDEO));

    assertThat(resolved(video("generation://shots%2F%E4%B8%80%20%25/video")))
        .isEqualTo(body(video(OWN_VIDEO.toString())));
  }

  @Test
  void secondTaskUnderTheSameId_isTheOneThatIsMeant() throws Exception {
    store("my-id", NO_FRAME);
    Path older = root.resolve("my-id/manifest.json");
    Files.setLastModifiedTime(older, FileTime.from(Instant.now().minusSeconds(60)));
    StoredFixture.store(store, "my-id", "cgt-second", CLIP, NO_FRAME);

    assertThat(resolved(draft("generation://my-id/task"))).isEqualTo(body(draft("cgt-second")));
  }

  @Test
  void recordThatIsGone_meansTheServedCopy() throws Exception {
    store("shots/1", MediaBytes.png());
    serve();
    provider.onLook(ScriptedProvider.noSuchTask());

    assertThat(
            resolved(
                video("generation://shots%2F1/video"), image("generation://shots%2F1/last_frame")))
        .isEqualTo(
            body(
                video("https://cdn.example/clips/shots%252F1/video.mp4"),
                image("https://cdn.example/clips/shots%252F1/last_frame.png")));
  }

  @Test
  void oldUrlThatIsDead_meansTheServedCopy() throws Exception {
    store("my-id", NO_FRAME);
    serve();
    clock.advance(Duration.ofHours(30));
    host.enqueue(new MockResponse.Builder().code(403).build());
    provider.onLook(ScriptedProvider.succeeded(host.url("/v.mp4").uri()));

    assertThat(resolved(video("generation://my-id/video")))
        .isEqualTo(body(video("https://cdn.example/clips/my-id/video.mp4")));
  }

  @Test
  void oldUrlThatIsAlive_isPreferred() throws Exception {
    store("my-id", NO_FRAME);
    serve();
    clock.advance(Duration.ofHours(30));
    host.enqueue(new MockResponse.Builder().code(200).body("a clip").build());
    URI fresh = host.url("/v.mp4").uri();
    provider.onLook(ScriptedProvider.succeeded(fresh));

    assertThat(resolved(video("generation://my-id/video")))
        .isEqualTo(body(video(fresh.toString())));
  }

  @Test
  void oldUrlThatWeCannotReach_isLeftToTheService() throws Exception {
    store("my-id", NO_FRAME);
    clock.advance(Duration.ofHours(30));
    provider.onLook(ScriptedProvider.succeeded(URI.create("http://10.0.0.1/v.mp4")));

    assertThat(resolved(video("generation://my-id/video")))
        .isEqualTo(body(video("http://10.0.0.1/v.mp4")));
  }

  @Test
  void imageOfAStoreThatServesNothing_goesInline_byItsOwnType() throws Exception {
    byte[] jpeg = MediaBytes.jpeg();
    store("my-id", jpeg);
    provider.onLook(ScriptedProvider.noSuchTask());

    assertThat(resolved(image("generation://my-id/last_frame")))
        .isEqualTo(
            body(image("data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg))));
  }

  @Test
  void frameThatTheLookDoesNotName_goesInline() throws Exception {
    store("my-id", MediaBytes.png());
    provider.onLook(ScriptedProvider.succeeded(OWN_VIDEO));

    Resolution resolution = resolve(body(image("generation://my-id/last_frame")));

    assertThat(((Resolution.Resolved) resolution).body().toString()).doesNotContain("base64");
    assertThat(resolution.toString()).doesNotContain("base64");
    assertThat(tree(resolution)).contains("data:image/png;base64,");
  }

  @Test
  void imageBeyondTheServicesLimit_isNotSent() throws Exception {
    store("my-id", Arrays.copyOf(MediaBytes.png(), 30_000_000));
    clock.advance(Duration.ofHours(30));
    provider.onLook(ScriptedProvider.noSuchTask());

    assertThat(error(image("generation://my-id/last_frame")).code()).isEqualTo("TooLarge");
  }

  @Test
  void inlineImagesBeyondTheServicesLimitForABody_areNotSent() throws Exception {
    store("my-id", Arrays.copyOf(MediaBytes.png(), 25_000_000));
    provider.onLook(ScriptedProvider.noSuchTask());

    assertThat(
            error(image("generation://my-id/last_frame"), image("generation://my-id/last_frame"))
                .param())
        .startsWith("content[1].");
  }

  @Test
  void videoOfAStoreThatServesNothing_isRefused_byName() throws Exception {
    store("my-id", NO_FRAME);
    clock.advance(Duration.ofHours(30));
    provider.onLook(ScriptedProvider.noSuchTask());

    ServiceError error = error(text("a cat"), video("generation://my-id/video"));

    assertThat(error)
        .isEqualTo(
            new ServiceError(
                FailureType.REFERENCE_UNAVAILABLE,
                "NotServable",
                "content[1].video_url.url (generation://my-id/video)",
                null));
    assertThat(error.failure().advice()).contains("SEEDANCE_STORE_URL");
  }

  @Test
  void unknownGeneration_isRefused() {
    assertThat(error(video("generation://my-id/video")).code()).isEqualTo("NoSuchGeneration");
    assertThat(provider.looked).isEmpty();
  }

  @Test
  void generationThatIsNotFinished_isRefused() throws Exception {
    store.place("my-id", ScriptedProvider.TASK);

    assertThat(error(draft("generation://my-id/task")).code()).isEqualTo("NoSuchGeneration");
  }

  @Test
  void generationWhoseManifestIsDamaged_isRefused_asReadingItAgainWillNotHelp() throws Exception {
    store("my-id", NO_FRAME);
    Files.writeString(root.resolve("my-id/manifest.json"), "{");

    assertThat(error(draft("generation://my-id/task")).code()).isEqualTo("Unreadable");
  }

  @Test
  void frameThatWasNeverMade_isRefused() throws Exception {
    store("my-id", NO_FRAME);
    provider.onLook(ScriptedProvider.succeeded(OWN_VIDEO));

    assertThat(error(image("generation://my-id/last_frame")).code()).isEqualTo("NoLastFrame");
  }

  @Test
  void copyThatIsGoneWithTheRecord_isExpired() throws Exception {
    store("my-id", NO_FRAME);
    serve();
    Files.delete(root.resolve("my-id/video.mp4"));
    clock.advance(Duration.ofHours(30));
    provider.onLook(ScriptedProvider.noSuchTask());

    assertThat(error(video("generation://my-id/video")).code()).isEqualTo("Expired");
  }

  @Test
  void copyThatWasChangedSince_isNotHandedOver() throws Exception {
    store("my-id", NO_FRAME);
    serve();
    Files.write(root.resolve("my-id/video.mp4"), MediaBytes.mp4(1_999));
    clock.advance(Duration.ofHours(30));
    provider.onLook(ScriptedProvider.noSuchTask());

    assertThat(error(video("generation://my-id/video")).code()).isEqualTo("Expired");
  }

  @Test
  void taskThatIsNoLongerASuccess_meansTheServedCopy() throws Exception {
    store("my-id", NO_FRAME);
    serve();
    provider.onLook(ScriptedProvider.ended(TaskStatus.Known.EXPIRED, FailureType.TASK_EXPIRED));

    assertThat(resolved(video("generation://my-id/video")))
        .isEqualTo(body(video("https://cdn.example/clips/my-id/video.mp4")));
  }

  @Test
  void serviceThatDoesNotAnswer_isAskedLater_evenWhereACopyIsServed() throws Exception {
    store("my-id", NO_FRAME);
    serve();
    provider.onLook(new TaskLook.NotSeen("down", Optional.of(Duration.ofSeconds(9))));

    assertThat(resolve(body(video("generation://my-id/video"))))
        .isEqualTo(
            new Resolution.NotNow(
                "generation://my-id/video: down", Optional.of(Duration.ofSeconds(9))));
  }

  @Test
  void recordThatIsGoneTooSoon_isAskedForAgain_ratherThanFailingTheRequest() throws Exception {
    store("my-id", NO_FRAME);
    provider.onLook(ScriptedProvider.noSuchTask()).onLook(ScriptedProvider.succeeded(OWN_VIDEO));

    assertThat(resolve(body(video("generation://my-id/video"))))
        .isEqualTo(
            new Resolution.NotNow(
                "generation://my-id/video: the service knows no such task" + ASKED_FOR_A_DAY,
                Optional.empty()));
    assertThat(resolved(video("generation://my-id/video")))
        .isEqualTo(body(video(OWN_VIDEO.toString())));
  }

  @ParameterizedTest
  @MethodSource("statusesOfATaskThatGoesOn")
  void finishedTaskThatIsShownAsGoing_isAskedForAgain_ratherThanFailingTheRequest(TaskStatus shown)
      throws Exception {
    store("my-id", NO_FRAME);
    provider.onLook(ScriptedProvider.going(shown));

    assertThat(resolve(body(video("generation://my-id/video"))))
        .isEqualTo(
            new Resolution.NotNow(
                "generation://my-id/video: the service shows a finished task as "
                    + shown.word()
                    + ASKED_FOR_A_DAY,
                Optional.empty()));
  }

  static List<TaskStatus> statusesOfATaskThatGoesOn() {
    return List.of(
        TaskStatus.Known.RUNNING,
        TaskStatus.Strange.SUCCEEDED_WITHOUT_VIDEO,
        new TaskStatus.Strange("archiving"));
  }

  @Test
  void finishedTaskWithoutAUrlForTheService_isAskedForAgain_ratherThanFailingTheRequest()
      throws Exception {
    store("my-id", NO_FRAME);
    host.enqueue(new MockResponse.Builder().code(401).build());
    provider
        .onLook(ScriptedProvider.succeeded(onlyForUs()))
        .onLook(ScriptedProvider.succeeded(OWN_VIDEO));

    assertThat(resolve(body(video("generation://my-id/video"))))
        .isEqualTo(
            new Resolution.NotNow(
                "generation://my-id/video: the service names no URL of it that it can fetch itself;"
                    + " asked again for a minute or two, unless SEEDANCE_STORE_URL serves the copy",
                Optional.empty()));
    assertThat(resolved(video("generation://my-id/video")))
        .isEqualTo(body(video(OWN_VIDEO.toString())));
  }

  @Test
  void frameThatIsNotStored_isAskedForAgain_whereOneReplyNamesNothing() throws Exception {
    StoredFixture.store(
        store,
        "my-id",
        ScriptedProvider.TASK,
        CLIP,
        NO_FRAME,
        new Json(Map.of("model", "m", "return_last_frame", true)));
    provider
        .onLook(
            ScriptedProvider.puzzling(
                new Puzzle(Puzzle.Kind.NO_VIDEO, "finished, but names no video")))
        .onLook(ScriptedProvider.noSuchTask())
        .onLook(ScriptedProvider.succeeded(OWN_VIDEO, OWN_FRAME));
    Json body = body(image("generation://my-id/last_frame"));

    assertThat(resolve(body)).isInstanceOf(Resolution.NotNow.class);
    assertThat(resolve(body)).isInstanceOf(Resolution.NotNow.class);
    assertThat(resolved(image("generation://my-id/last_frame")))
        .isEqualTo(body(image(OWN_FRAME.toString())));
  }

  @Test
  void gatewayThatNeverNamesAUrlForTheService_isBelievedAfterSomeAttempts() throws Exception {
    store("my-id", NO_FRAME);
    host.enqueue(new MockResponse.Builder().code(401).build());
    host.enqueue(new MockResponse.Builder().code(401).build());
    provider.onLook(ScriptedProvider.succeeded(onlyForUs()));
    Json body = body(video("generation://my-id/video"));

    assertThat(references().resolve(body, 4)).isInstanceOf(Resolution.NotNow.class);
    assertThat(references().resolve(body, 5))
        .isInstanceOfSatisfying(
            Resolution.Unavailable.class,
            refused -> assertThat(refused.error().code()).isEqualTo("NotServable"));
  }

  /** Below the base URL, where the host wants the key. */
  private URI onlyForUs() {
    return host.url("/videos/1/content").uri();
  }

  @Test
  void slowService_leavesNoTimeToSend() throws Exception {
    store("my-id", NO_FRAME);
    provider.onLook(
        () -> {
          clock.advance(Duration.ofSeconds(11));
          return ScriptedProvider.succeeded(OWN_VIDEO);
        });

    assertThat(resolve(body(video("generation://my-id/video"))))
        .isInstanceOf(Resolution.NotNow.class);
  }

  @Test
  @Timeout(30)
  void urlThatDoesNotAnswer_whetherItIsForEveryone_isAskedLater_notRefused() throws Exception {
    store("my-id", NO_FRAME);
    neverAnswering();
    provider.onLook(ScriptedProvider.succeeded(onlyForUs()));

    assertThat(hasty().resolve(body(video("generation://my-id/video")), 5)).isEqualTo(TOO_LONG);
  }

  @Test
  @Timeout(30)
  void oldUrlThatDoesNotAnswer_whetherItIsDead_leavesNoTimeToSend() throws Exception {
    store("my-id", NO_FRAME);
    neverAnswering();
    provider.onLook(ScriptedProvider.succeeded(host.url("/v.mp4").uri()));

    assertThat(hasty().resolve(body(video("generation://my-id/video")), 1)).isEqualTo(TOO_LONG);
  }

  @Test
  void look_getsWhatIsLeft() throws Exception {
    store("my-id", NO_FRAME);
    provider.onLook(ScriptedProvider.succeeded(OWN_VIDEO));

    resolved(video("generation://my-id/video"));

    assertThat(provider.lookedWithin).isEqualTo(Duration.ofSeconds(10));
  }

  private void neverAnswering() {
    host.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
  }

  /** By a clock that goes, 30 hours after the scripted task was finished. */
  private References hasty() {
    Instant then = SOON.plus(Duration.ofHours(30));
    Clock going = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), then));
    return new References(
        store, provider, TestFiles.below(host, "/videos"), going, Duration.ofMillis(600));
  }

  @Test
  void storeThatIsAway_isAskedLater_asItIsNotEmpty() {
    store = new FolderStore(root.resolve("not-mounted"));

    assertThat(resolve(body(video("generation://my-id/video"))))
        .isEqualTo(
            new Resolution.NotNow(
                "generation://my-id/video: the store does not work: its folder is not there",
                Optional.empty()));
  }

  private void serve() {
    store = new FolderStore(root, Optional.of(BASE));
  }

  private void store(String workflowId, byte[] lastFrame) throws IOException {
    StoredFixture.store(store, workflowId, ScriptedProvider.TASK, CLIP, lastFrame);
  }

  private Resolution resolve(Json body) {
    return references().resolve(body, 1);
  }

  private References references() {
    return new References(store, provider, TestFiles.of(host), clock);
  }

  private Json resolved(Object... content) {
    return ((Resolution.Resolved) resolve(body(content))).body();
  }

  private ServiceError error(Object... content) {
    return ((Resolution.Unavailable) resolve(body(content))).error();
  }

  private static String tree(Resolution resolution) {
    return ((Resolution.Resolved) resolution).body().tree().toString();
  }

  private static Json body(Object... content) {
    return new Json(Map.of("model", "m", "content", List.of(content)));
  }

  private static Object text(String text) {
    return Map.of("type", "text", "text", text);
  }

  private static Object video(String url) {
    return Map.of("type", "video_url", "video_url", Map.of("url", url), "role", "reference_video");
  }

  private static Object image(String url) {
    return Map.of("type", "image_url", "image_url", Map.of("url", url), "role", "first_frame");
  }

  private static Object draft(String id) {
    return Map.of("type", "draft_task", "draft_task", Map.of("id", id));
  }
}
