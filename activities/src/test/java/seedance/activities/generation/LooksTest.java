package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.activities.runtimes.RunTimes;
import seedance.workflows.generation.Callbacks;
import seedance.workflows.generation.Expectation;
import seedance.workflows.generation.GenerationOutcome;
import seedance.workflows.generation.HandOffRequest;
import seedance.workflows.generation.LookRequest;
import seedance.workflows.generation.Sightings;

/** When looks happen, by what was learnt, and what that means for the histories. */
class LooksTest {
  private static final String GROUP = "doubao-seedance-2-0-260128 720p 5 s";
  private static final Instant ACCEPTED = Instant.parse("2026-11-22T18:45:00Z");
  private static final Duration TWO_MINUTES = Duration.ofSeconds(120);

  private RunTimes runTimes;
  private Looks looks;

  @BeforeEach
  void open() {
    runTimes = UnsharedLooks.runTimes(Clock.fixed(ACCEPTED.plusSeconds(60), ZoneOffset.UTC));
    looks = new Looks(LookSchedule.realTime(), runTimes, () -> 0.5);
  }

  @ParameterizedTest
  @CsvSource({
    // typical, how long it takes; looks and lateness at most
    "120, 100, 5, 20",
    "120, 120, 6, 15",
    "120, 1, 1, 80",
    "120, 900, 48, 90",
    "120, 1500, 54, 150",
    "7200, 7200, 8, 900",
    "7200, 21600, 40, 1800"
  })
  void looksAndLateness_byTheCatalogueAlone(
      int typical, int takes, int mostLooks, int mostSeconds) {
    List<Duration> at = looks(Duration.ofSeconds(typical), Duration.ofSeconds(takes));

    assertThat(at).hasSizeLessThanOrEqualTo(mostLooks);
    assertThat(at.get(at.size() - 1).toSeconds() - takes).isBetween(0L, (long) mostSeconds);
  }

  /** Three days is the longest that a task may live at the service; each look adds 11 events. */
  @ParameterizedTest
  @ValueSource(longs = {1, 90, 3600})
  void longestWaitThatThereIs_staysFarBelowTheSizeWhereServersEndAWorkflow(long typical) {
    assertThat(looks(Duration.ofSeconds(typical), Duration.ofDays(3))).hasSizeLessThan(400);
  }

  @Test
  void serviceThatIsFast_isLearntOf() {
    for (int i = 0; i < 20; i++) {
      learn(i, 10, null);
    }

    assertThat(looks(TWO_MINUTES, Duration.ofSeconds(10)).get(0).toSeconds()).isBetween(8L, 11L);
  }

  @Test
  void queuedTask_isLookedAtNoSoonerThanItsRunCanEnd() {
    Looks.Plan plan = looks.queued(request(Sightings.NONE, null), ACCEPTED.plusSeconds(70));

    assertThat(plan.lookIn()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
    assertThat(plan.expectation().expectedAt()).isEqualTo(ACCEPTED.plusSeconds(70 + 120));
  }

  @Test
  void longQueue_isLookedAtEachTenthOfItsTime() {
    assertThat(looks.queued(request(Sightings.NONE, null), ACCEPTED.plusSeconds(3600)).lookIn())
        .isEqualTo(Duration.ofMinutes(6));
  }

  /** It ran from some moment between the two looks on. */
  @Test
  void taskThatLeftTheQueue_isExpectedFromThen() {
    Instant now = ACCEPTED.plusSeconds(600);
    Sightings seen =
        new Sightings(ACCEPTED.plusSeconds(540), null, ACCEPTED.plusSeconds(540), null);
    Looks.Plan plan = looks.underWay(request(seen, null), now);

    assertThat(plan.expectation().runTime().since()).isEqualTo(ACCEPTED.plusSeconds(570));
    assertThat(plan.expectation().expectedAt())
        .isBetween(ACCEPTED.plusSeconds(570 + 120), ACCEPTED.plusSeconds(570 + 125));
    assertThat(plan.lookIn()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 60, 120, 600, 86_400})
  void expectation_isNeverInThePast(int ran) {
    Instant now = ACCEPTED.plusSeconds(ran);
    Expectation expected = looks.underWay(request(Sightings.NONE, null), now).expectation();

    assertThat(expected.expectedAt()).isAfter(now);
    assertThat(expected.usuallyBy()).isAfter(expected.expectedAt());
    assertThat(expected.runTime().since()).isEqualTo(ACCEPTED);
  }

  @Test
  void whereCallsArrive_theFirstLookIsForTheOneThatIsLost() {
    for (int i = 0; i < 20; i++) {
      learn(i, 118 + i % 5, true);
    }

    Duration first = first(Callbacks.ASKED_FOR);
    assertThat(first).isGreaterThan(Duration.ofSeconds(150));
    // As late as the first look was after an end at once: 0.6 of the catalogue's time.
    assertThat(first.toSeconds() - 118).isLessThanOrEqualTo(72);
    assertThat(first(Callbacks.NOT_ASKED_FOR)).isLessThan(Duration.ofSeconds(130));
    assertThat(
            looks
                .underWay(request(Sightings.NONE, Callbacks.ASKED_FOR), ACCEPTED.plusSeconds(200))
                .lookIn())
        .isEqualTo(Duration.ofSeconds(72));
  }

  @Test
  void whereACallWasLost_looksComeAsEver() {
    for (int i = 0; i < 20; i++) {
      learn(i, 118 + i % 5, i != 19);
    }

    assertThat(first(Callbacks.ASKED_FOR)).isEqualTo(first(Callbacks.NOT_ASKED_FOR));
  }

  @Test
  void luck_keepsLooksApart_byLittle() {
    Looks early = new Looks(LookSchedule.realTime(), runTimes, () -> 0);
    Looks late = new Looks(LookSchedule.realTime(), runTimes, () -> 1);

    double best = first(Callbacks.NOT_ASKED_FOR).toMillis();
    assertThat(first(early) / best).isCloseTo(0.97, within(0.001));
    assertThat(first(late) / best).isCloseTo(1.03, within(0.001));
  }

  @ParameterizedTest
  @ValueSource(doubles = {10, 100, 1000})
  void speed_scalesEveryLook(double speed) {
    LookSchedule fast = LookSchedule.atSpeed(speed);
    Looks scaled = new Looks(fast, runTimes, () -> 0.5);
    Duration typical = fast.expected(TWO_MINUTES);

    Looks.Plan plan = scaled.first(null, typical, Callbacks.NOT_ASKED_FOR, ACCEPTED, ACCEPTED);
    assertThat((double) plan.lookIn().toMillis())
        .isCloseTo(first(Callbacks.NOT_ASKED_FOR).toMillis() / speed, within(1.0));
  }

  private void learn(int number, int seconds, @Nullable Boolean calledBack) {
    looks.learn(
        new HandOffRequest(
            "cgt-" + number,
            null,
            null,
            null,
            null,
            null,
            new GenerationOutcome(
                null,
                ACCEPTED,
                ACCEPTED.plusSeconds(seconds),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null),
            null,
            ACCEPTED.plusMillis(number),
            ACCEPTED.plusMillis(number).plusSeconds(seconds + 5),
            1,
            null,
            null,
            GROUP,
            new Sightings(null, null, null, calledBack)));
  }

  private Duration first(Callbacks callbacks) {
    return looks.first(GROUP, TWO_MINUTES, callbacks, ACCEPTED, ACCEPTED).lookIn();
  }

  private static double first(Looks looks) {
    return looks
        .first(GROUP, TWO_MINUTES, Callbacks.NOT_ASKED_FOR, ACCEPTED, ACCEPTED)
        .lookIn()
        .toMillis();
  }

  private static LookRequest request(Sightings seen, @Nullable Callbacks callbacks) {
    return new LookRequest(
        "cgt-1",
        ACCEPTED,
        TWO_MINUTES,
        Duration.ofHours(48),
        0,
        null,
        0,
        null,
        GROUP,
        seen,
        callbacks);
  }

  /** The moments of the looks at a task that takes so long; the last one sees its end. */
  private List<Duration> looks(Duration typical, Duration takes) {
    List<Duration> at = new ArrayList<>();
    at.add(looks.first(GROUP, typical, Callbacks.NOT_ASKED_FOR, ACCEPTED, ACCEPTED).lookIn());
    LookRequest request =
        new LookRequest(
            "cgt-1",
            ACCEPTED,
            typical,
            Duration.ofHours(48),
            0,
            null,
            0,
            null,
            GROUP,
            Sightings.NONE,
            null);
    while (at.get(at.size() - 1).compareTo(takes) < 0) {
      Duration last = at.get(at.size() - 1);
      at.add(last.plus(looks.underWay(request, ACCEPTED.plus(last)).lookIn()));
    }
    return at;
  }
}
