package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When looks happen, and what that means for the histories and for those who wait. */
class LookScheduleTest {
  private static final LookSchedule SCHEDULE = LookSchedule.realTime();
  private static final Duration TWO_MINUTES = Duration.ofSeconds(120);

  /**
   * A history has 23 events without any look: start and end 2, validate, submit and hand-off 3
   * each, and 4 workflow tasks of 3. Each look adds 11: its timer 2, its activity 3, and 2 workflow
   * tasks of 3.
   */
  private static int events(int looks) {
    return 23 + 11 * looks;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 10, 100})
  void speed_scalesEveryWait(double speed) {
    LookSchedule schedule = LookSchedule.atSpeed(speed);
    Duration expected = schedule.expected(TWO_MINUTES);

    assertThat(expected.toMillis()).isEqualTo(Math.round(120_000 / speed));
    assertThat(schedule.lookIn(Duration.ZERO).toMillis()).isEqualTo(Math.round(1000 / speed));
    assertThat(schedule.lookIn(Duration.ofDays(9)).toMillis())
        .isEqualTo(Math.round(1_800_000 / speed));
    assertThat(schedule.nextLookAfterMiss(0, Optional.empty()).toMillis())
        .isBetween(Math.round(5_000 / speed), Math.round(6_000 / speed));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void speedThatIsNone_isRefused(double speed) {
    assertThatThrownBy(() -> LookSchedule.atSpeed(speed))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    // failures so far; the wait without jitter: for a look, for a submission and a hand-off
    "-1, 5, 5",
    "0, 5, 5",
    "1, 10, 10",
    "2, 20, 20",
    "3, 40, 40",
    "4, 80, 80",
    "5, 160, 120",
    "6, 300, 120",
    "1000000, 300, 120"
  })
  void waitAfterAFailure_growsUpToItsCap_withAFifthOfJitter(int failures, int look, int other) {
    for (int i = 0; i < 50; i++) {
      assertThat(SCHEDULE.nextLookAfterMiss(failures, Optional.empty()))
          .isBetween(Duration.ofSeconds(look), Duration.ofMillis(look * 1200L));
      assertThat(SCHEDULE.nextSubmissionIn(failures + 1, Optional.empty()))
          .isBetween(Duration.ofSeconds(other), Duration.ofMillis(other * 1200L));
      assertThat(SCHEDULE.nextHandOffIn(failures + 1, Optional.empty()))
          .isBetween(Duration.ofSeconds(other), Duration.ofMillis(other * 1200L));
    }
  }

  @ParameterizedTest
  @CsvSource({
    // since it was surely not sent any more; the next look for it; the next while someone is asked
    "PT-1S, PT5S, PT5M",
    "PT0S, PT5S, PT5M",
    "PT20S, PT20S, PT5M",
    "PT4M, PT4M, PT5M",
    "PT6M, PT5M, PT6M",
    "PT48H, PT5M, PT30M"
  })
  void lostTask_isLookedForAsSeldomAsItIsLost(Duration elapsed, Duration next, Duration asked) {
    assertThat(SCHEDULE.nextReconciliationIn(elapsed, Optional.empty())).isEqualTo(next);
    assertThat(SCHEDULE.nextReconciliationWhileAskedIn(elapsed)).isEqualTo(asked);
    assertThat(SCHEDULE.nextReconciliationIn(elapsed, Optional.of(Duration.ofMinutes(59))))
        .isEqualTo(Duration.ofMinutes(59));
  }

  @Test
  void patienceWithAList_isMinutes() {
    assertThat(SCHEDULE.patienceWithAList()).isEqualTo(Duration.ofMinutes(5));
    assertThat(SCHEDULE.patienceWithoutAList()).isEqualTo(Duration.ofSeconds(10));
    assertThat(LookSchedule.atSpeed(10).patienceWithAList()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void jitter_keepsGenerationsApart() {
    Set<Duration> waits = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      waits.add(SCHEDULE.nextLookAfterMiss(6, Optional.empty()));
    }

    assertThat(waits).hasSizeGreaterThan(25);
  }

  @Test
  void longRetryAfter_isWaitedForExactly() {
    Optional<Duration> asked = Optional.of(Duration.ofMinutes(59));

    assertThat(SCHEDULE.nextLookAfterMiss(6, asked)).isEqualTo(Duration.ofMinutes(59));
    assertThat(SCHEDULE.nextSubmissionIn(1, asked)).isEqualTo(Duration.ofMinutes(59));
    assertThat(SCHEDULE.nextHandOffIn(1, asked)).isEqualTo(Duration.ofMinutes(59));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void shortRetryAfter_neverMakesALoopThatFillsTheHistory(long seconds) {
    Optional<Duration> asked = Optional.of(Duration.ofSeconds(seconds));
    Duration waited = Duration.ZERO;
    int attempts = 900;
    for (int attempt = 1; attempt <= attempts; attempt++) {
      waited = waited.plus(SCHEDULE.nextSubmissionIn(attempt, asked));
    }

    // A day of a full queue, the default of options.submitWithin, fits into a history.
    assertThat(waited).isGreaterThan(Duration.ofHours(24));
    assertThat(events(attempts)).isLessThan(10_000);
    assertThat(SCHEDULE.nextLookAfterMiss(0, asked)).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
    assertThat(SCHEDULE.nextHandOffIn(1, asked)).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
  }
}
