package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.activities.provider.Puzzle;
import seedance.activities.provider.TaskError;
import seedance.activities.provider.TaskLook;
import seedance.activities.provider.TaskStatus;
import seedance.activities.provider.TaskStatus.Known;
import seedance.activities.store.ArtifactStore;
import seedance.activities.store.FolderStore;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.Look;
import seedance.workflows.generation.LookRequest;
import seedance.workflows.generation.Problem;
import seedance.workflows.generation.ServiceError;

/** What each look means, and when it is looked at again. */
class LookAtTaskTest {
  private static final Instant ACCEPTED = Instant.parse("2026-11-22T18:00:00Z");
  private static final Instant NOW = ACCEPTED.plusSeconds(120);
  private static final Duration EXPIRES_AFTER = Duration.ofHours(2);
  private static final LookRequest FIRST = request(0, null);
  private static final Puzzle NO_VIDEO =
      new Puzzle(Puzzle.Kind.NO_VIDEO, "finished, but names no video (its fields: id)");

  private static final URI VIDEO = URI.create("https://f.example/v.mp4?X-Sig=1");

  private static final String WORKFLOW = "shot-1";

  @TempDir Path folder;

  private ArtifactStore store;
  private final ScriptedProvider provider = new ScriptedProvider();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private final LookGate gate = new LookGate(Clock.fixed(NOW, ZoneOffset.UTC), () -> 0);

  @BeforeEach
  void open() {
    store = new FolderStore(folder);
  }

  @ParameterizedTest
  @EnumSource(
      value = Known.class,
      names = {"QUEUED", "RUNNING"})
  void taskUnderWay_isGoing_andLookedAtAgainByWhatItsLikesTake(Known status) {
    provider.onLook(ScriptedProvider.going(status));
    Looks looks = UnsharedLooks.realTime();
    Looks.Plan plan =
        status == Known.QUEUED ? looks.queued(FIRST, NOW) : looks.underWay(FIRST, NOW);

    assertThat(look(FIRST))
        .isEqualTo(new Look.Going(status.word(), NOW, plan.lookIn(), null, plan.expectation()));
    assertThat(provider.looked).containsExactly(ScriptedProvider.TASK);
    assertThat(saw(status.word())).isEqualTo(1);
  }

  @Test
  void unknownStatus_isGoing_andCountedAsUnknown() {
    provider.onLook(ScriptedProvider.going(new TaskStatus.Strange("pondering")));

    Looks.Plan plan = UnsharedLooks.realTime().underWay(FIRST, NOW);

    assertThat(look(FIRST))
        .isEqualTo(new Look.Going("pondering", NOW, plan.lookIn(), null, plan.expectation()));
    assertThat(saw("unknown_status")).isEqualTo(1);
    assertThat(meters.get("seedance.looks").counters()).hasSize(1);
  }

  @Test
  void success_isTheVerdict_withoutAUrl() {
    provider.onLook(ScriptedProvider.succeeded(URI.create("https://f.example/v.mp4?X-Sig=1")));

    Look look = look(FIRST);

    assertThat(look).isEqualTo(new Look.Succeeded(ScriptedProvider.OUTCOME, NOW));
    assertThat(look.toString()).doesNotContain("X-Sig");
    assertThat(saw("succeeded")).isEqualTo(1);
    assertThat(
            meters.get("seedance.noticed").timer().totalTime(java.util.concurrent.TimeUnit.SECONDS))
        .isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({
    "FAILED, TASK_FAILED",
    "FAILED, OUTPUT_MODERATED",
    "EXPIRED, TASK_EXPIRED",
    "CANCELLED, TASK_CANCELLED"
  })
  void servicesVerdict_isPassedOn(Known status, FailureType failure) {
    provider.onLook(ScriptedProvider.ended(status, failure));

    assertThat(look(FIRST))
        .isEqualTo(
            new Look.Failed(new ServiceError(failure, "InternalServiceError", null, "req-1"), NOW));
    assertThat(saw("failed")).isEqualTo(1);
  }

  @Test
  void whatTheServiceSays_isToldWithoutWhatTheKeptRequestSays() throws Exception {
    store.keepRequest(
        WORKFLOW,
        "run-1",
        "{\"content\":[{\"type\":\"text\",\"text\":\"a red fox in snow\"}]}"
            .getBytes(StandardCharsets.UTF_8));
    provider.onLook(
        ScriptedProvider.ended(
            Known.FAILED,
            TaskError.of(
                FailureType.REQUEST_REJECTED,
                "odd_code",
                "",
                "req-1",
                "`duration` of \"A Red Fox in snow\" must be 5, see https://a.example/1")));

    assertThat(look(FIRST.withStoredRequest("run-1")))
        .isEqualTo(
            new Look.Failed(
                new ServiceError(
                    FailureType.REQUEST_REJECTED,
                    "odd_code",
                    "duration",
                    "req-1",
                    "`duration` of \"…\" must be 5, see …"),
                NOW));
  }

  @Test
  void whatTheServiceSays_isNotTold_whereTheRequestIsNotAtHand() {
    provider.onLook(
        ScriptedProvider.ended(
            Known.FAILED,
            TaskError.of(
                FailureType.REQUEST_REJECTED, "odd_code", "fox", "req-1", "a fox in snow")));
    Look blind =
        new Look.Failed(new ServiceError(FailureType.REQUEST_REJECTED, null, null, "req-1"), NOW);

    assertThat(look(FIRST)).isEqualTo(blind);
    assertThat(look(FIRST.withStoredRequest("lost"))).isEqualTo(blind);
  }

  @Test
  void whatTheServiceSays_isNotTold_whereTheStoreCannotBeRead() throws Exception {
    store.keepRequest(WORKFLOW, "run-1", "{}".getBytes(StandardCharsets.UTF_8));
    try (Stream<Path> kept = Files.walk(folder)) {
      for (Path file : kept.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
        Files.createDirectory(file);
      }
    }
    provider.onLook(
        ScriptedProvider.ended(
            Known.FAILED,
            TaskError.of(FailureType.TASK_FAILED, "InternalServiceError", "", "", "a fox")));

    assertThat(look(FIRST.withStoredRequest("run-1")))
        .isEqualTo(
            new Look.Failed(
                new ServiceError(FailureType.TASK_FAILED, "InternalServiceError", null, null),
                NOW));
  }

  @Test
  void failedLook_saysNothingOfTheTask() {
    provider.onLook(new TaskLook.NotSeen("the service answered 503", Optional.empty()));

    Look.NotSeen notSeen = (Look.NotSeen) look(request(2, null));

    assertThat(notSeen.problem().what()).isEqualTo("the service answered 503");
    assertThat(notSeen.problem().at()).isEqualTo(NOW);
    assertThat(notSeen.noSuchTask()).isFalse();
    assertThat(notSeen.nextLookIn()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(24));
    assertThat(saw("not_seen")).isEqualTo(1);
  }

  @Test
  void failedLook_isRepeatedWhenTheServiceSays() {
    provider.onLook(new TaskLook.NotSeen("busy", Optional.of(Duration.ofMinutes(7))));

    assertThat(((Look.NotSeen) look(FIRST)).nextLookIn()).isEqualTo(Duration.ofMinutes(7));
  }

  @Test
  void serviceThatIsAskedTooOften_isNotAskedAboutOtherTasksEither() {
    provider.onLook(new TaskLook.NotSeen("busy", Optional.of(Duration.ofMinutes(2)), true));
    look(FIRST);

    Look.NotSeen heldBack = (Look.NotSeen) look(FIRST);

    assertThat(provider.looked).hasSize(1);
    assertThat(heldBack.problem().what()).contains("429");
    assertThat(heldBack.nextLookIn()).isEqualTo(Duration.ofMinutes(2));
    assertThat(heldBack.noSuchTask()).isFalse();
  }

  @Test
  void failedLooksForDays_areNeverAVerdict() {
    provider.onLook(new TaskLook.NotSeen("no connection", Optional.empty()));

    assertThat(look(request(100_000, ACCEPTED.minus(Duration.ofDays(9)))))
        .isInstanceOf(Look.NotSeen.class);
  }

  @Test
  void failedLooks_untilTheRecordCanLiveNoLonger_areAVanishedTask() {
    provider.onLook(new TaskLook.NotSeen("no connection", Optional.empty()));
    Instant gone = ACCEPTED.plus(Duration.ofDays(8));

    assertThat(look(request(9, null), gone.minusMillis(1))).isInstanceOf(Look.NotSeen.class);
    assertThat(look(request(9, null), gone))
        .isEqualTo(
            new Look.Failed(new ServiceError(FailureType.TASK_VANISHED, null, null, null), gone));
  }

  @ParameterizedTest
  @EnumSource(
      value = Known.class,
      names = {"QUEUED", "RUNNING"})
  void taskStillUnderWay_aDayAfterItsOwnExpiry_isOverdue(Known status) {
    provider.onLook(ScriptedProvider.going(status));
    Instant overdue = ACCEPTED.plus(EXPIRES_AFTER).plus(Duration.ofDays(1));

    assertThat(look(FIRST, overdue.minusMillis(1))).isInstanceOf(Look.Going.class);
    assertThat(look(FIRST, overdue))
        .isEqualTo(
            new Look.Failed(
                new ServiceError(FailureType.VERDICT_OVERDUE, null, null, null), overdue));
  }

  @Test
  void verdictOfTheService_holds_howeverLateItIs() {
    provider.onLook(ScriptedProvider.succeeded(URI.create("https://f.example/v.mp4")));

    assertThat(look(FIRST, ACCEPTED.plus(Duration.ofDays(20)))).isInstanceOf(Look.Succeeded.class);
  }

  @Test
  void noSuchTask_justAfterTheCreate_isLookedForAgain() {
    provider.onLook(ScriptedProvider.noSuchTask());

    Look.NotSeen notSeen = (Look.NotSeen) look(FIRST);

    assertThat(notSeen.noSuchTask()).isTrue();
    assertThat(notSeen.problem().what()).isEqualTo("the service knows no such task");
    assertThat(notSeen.nextLookIn()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
  }

  @Test
  void noSuchTask_isNotBelievedForADay() {
    provider.onLook(ScriptedProvider.noSuchTask());

    assertThat(look(request(40, NOW.minus(Duration.ofHours(24)).plusMillis(1))))
        .isInstanceOf(Look.NotSeen.class);
  }

  @Test
  void noSuchTask_forADay_isAVanishedTask() {
    provider.onLook(ScriptedProvider.noSuchTask());

    assertThat(look(request(40, NOW.minus(Duration.ofHours(24)))))
        .isEqualTo(
            new Look.Failed(
                new ServiceError(FailureType.TASK_VANISHED, "NotFound", null, null), NOW));
  }

  @Test
  void taskThatIsBackAfterADay_isNotVanished() {
    provider.onLook(ScriptedProvider.going(Known.RUNNING));

    assertThat(look(request(40, NOW.minus(Duration.ofHours(25))))).isInstanceOf(Look.Going.class);
  }

  @Test
  void finishedWithoutAVideo_isAProblem_countedFromTheSecondLookOn() {
    provider.onLook(ScriptedProvider.puzzling(NO_VIDEO));

    Look.Going first = (Look.Going) look(FIRST);

    assertThat(first.problem()).isEqualTo(new Problem(NO_VIDEO.what(), NOW));
    assertThat(meters.find("seedance.look.doubts").counters()).isEmpty();

    LookRequest second = FIRST.afterLook(first);
    assertThat(second.doubtsInARow()).isEqualTo(1);
    assertThat(((Look.Going) look(second)).problem()).isEqualTo(first.problem());
    assertThat(meters.get("seedance.look.doubts").tag("because", "no_video").counter().count())
        .isEqualTo(1);
    assertThat(second.afterLook(new Look.Going("running", NOW, Duration.ZERO)).doubtsInARow())
        .isZero();
  }

  @Test
  void finishedOverADayAgo_withoutAVideo_isClipLost_atOnce() {
    provider.onLook(ScriptedProvider.puzzling(new Puzzle(Puzzle.Kind.CLEARED, "it is gone")));

    assertThat(look(FIRST))
        .isEqualTo(new Look.Failed(new ServiceError(FailureType.CLIP_LOST, null, null, null), NOW));
  }

  @Test
  void finishedWithoutAVideo_longAfterItsExpiry_isClipLost_andNotOverdue() {
    provider.onLook(ScriptedProvider.puzzling(NO_VIDEO));
    Instant overdue = ACCEPTED.plus(EXPIRES_AFTER).plus(Duration.ofDays(1));

    assertThat(look(FIRST, overdue.minusMillis(1))).isInstanceOf(Look.Going.class);
    assertThat(((Look.Failed) look(FIRST, overdue)).error().failure())
        .isEqualTo(FailureType.CLIP_LOST);
  }

  @Test
  void videoBesideAnUnknownWord_isHandedOff_atTheFourthLook_onceItCouldBeMade() {
    provider.onLook(ScriptedProvider.puzzling("archived", VIDEO));

    assertThat(look(doubted(2))).isInstanceOf(Look.Going.class);
    assertThat(look(doubted(3), NOW.minusMillis(1))).isInstanceOf(Look.Going.class);
    assertThat(look(doubted(3))).isEqualTo(new Look.Succeeded(ScriptedProvider.OUTCOME, NOW));
  }

  /** Some gateways name the URL before the clip is there. */
  @ParameterizedTest
  @ValueSource(strings = {"rendering", "post_processing", "moderating_2", "in_queue", "created"})
  void videoBesideAWordForUnderWay_isHandedOff_onlyWhenItsVerdictIsOverdue(String word) {
    provider.onLook(ScriptedProvider.puzzling(word, VIDEO));
    Instant overdue = ACCEPTED.plus(EXPIRES_AFTER).plus(Duration.ofDays(1));

    assertThat(look(doubted(500), overdue.minusMillis(1))).isInstanceOf(Look.Going.class);
    assertThat(look(FIRST, overdue)).isInstanceOf(Look.Succeeded.class);
  }

  private static LookRequest doubted(int looks) {
    LookRequest request = FIRST;
    for (int i = 0; i < looks; i++) {
      request =
          request.afterLook(
              new Look.Going("archived", NOW, Duration.ZERO, new Problem("not known", NOW), null));
    }
    return request;
  }

  private Look look(LookRequest request) {
    return look(request, NOW);
  }

  private Look look(LookRequest request, Instant at) {
    return new LookAtTask(
            provider,
            new KeptRequests(store),
            UnsharedLooks.realTime(),
            gate,
            new GenerationMetrics(meters),
            Clock.fixed(at, ZoneOffset.UTC),
            () -> WORKFLOW)
        .look(request);
  }

  private double saw(String what) {
    return meters.get("seedance.looks").tag("saw", what).counter().count();
  }

  private static LookRequest request(int misses, Instant missingSince) {
    return new LookRequest(
        ScriptedProvider.TASK,
        ACCEPTED,
        Duration.ofSeconds(120),
        EXPIRES_AFTER,
        misses,
        missingSince);
  }
}
