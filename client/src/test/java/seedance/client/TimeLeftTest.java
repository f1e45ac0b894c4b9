package seedance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.workflows.generation.Progress;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.generation.RunTime;

class TimeLeftTest {
  private static final Instant SINCE = Instant.parse("2026-11-22T18:45:00Z");
  private static final RunTime RUN = new RunTime(SINCE, Duration.ofSeconds(120), 0.3, 12);

  @Test
  void taskThatHasJustBegun_takesTheMedian() {
    TimeLeft left = left("running", 0);

    assertThat(left.likely().toSeconds()).isEqualTo(120);
    assertThat(left.share()).isZero();
    assertThat(left.isLate()).isFalse();
  }

  /** What ran to the median without an end is a slow one. */
  @Test
  void theLongerItRuns_theLaterItIsExpected() {
    TimeLeft left = left("running", 120);

    assertThat(left.likely().toSeconds()).isCloseTo(27, within(2L));
    assertThat(left.share()).isCloseTo(0.82, within(0.02));
  }

  @Test
  void whatNineOfTenAreFasterThan_isLate() {
    assertThat(left("running", 175).isLate()).isFalse();
    assertThat(left("running", 177).isLate()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {-3600, 0, 1, 1000, 86_400, 100_000_000})
  void timeLeft_isNeverNone(long ran) {
    assertThat(left("running", ran).likely()).isPositive();
    assertThat(left("running", ran).share()).isBetween(0.0, 1.0);
    assertThat(left("running", ran).gone()).isGreaterThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void queuedTask_hasItsWholeRunBeforeIt() {
    TimeLeft left = left("queued", 3000);

    assertThat(left.isQueued()).isTrue();
    assertThat(left.likely()).isEqualTo(Duration.ofSeconds(120));
    assertThat(left.share()).isZero();
  }

  @ParameterizedTest
  @EnumSource(value = Stage.class, names = "AWAIT", mode = EnumSource.Mode.EXCLUDE)
  void inAnyOtherStage_thereIsNone(Stage stage) {
    assertThat(TimeLeft.of(progress(stage, "running", RUN), SINCE)).isEmpty();
  }

  @Test
  void olderWorker_doesNotTell() {
    assertThat(TimeLeft.of(progress(Stage.AWAIT, "running", null), SINCE)).isEmpty();
  }

  private static TimeLeft left(String status, long ran) {
    return TimeLeft.of(progress(Stage.AWAIT, status, RUN), SINCE.plusSeconds(ran)).orElseThrow();
  }

  private static Progress progress(Stage stage, String status, @Nullable RunTime runTime) {
    return new Progress(
        null, stage, null, status, "cgt-1", "m", 1, null, null, null, runTime, null, null,
        List.of());
  }
}
