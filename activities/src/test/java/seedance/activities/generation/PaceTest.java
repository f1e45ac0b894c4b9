package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a download is too slow, or takes too long; by a clock of the test's own. */
class PaceTest {
  private static final Duration TWO_HOURS = Duration.ofHours(2);
  private long nanos = 12_345;

  private Pace pace(DownloadLimits limits, Duration startToClose) {
    return new Pace(limits, startToClose, () -> nanos);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void hostThatTrickles_isNoticedAfterAMinute() throws Exception {
    Pace pace = pace(DownloadLimits.DEFAULTS, TWO_HOURS);
    pace.beginFile();
    for (int second = 0; second < 59; second++) {
      pass(Duration.ofSeconds(1));
      pace.came(1);
    }
    pass(Duration.ofSeconds(1));

    assertThatThrownBy(() -> pace.came(1))
        .isInstanceOf(NotYet.class)
        .hasMessage("the file comes too slowly: in 60 s less than 4 KiB a second");
  }

  @Test
  void pauseOfHalfAMinute_isNoReasonToGiveUp() throws Exception {
    Pace pace = pace(DownloadLimits.DEFAULTS, TWO_HOURS);
    pace.came(300_000);
    pass(Duration.ofSeconds(31));
    pace.came(1);
    pass(Duration.ofSeconds(31));

    assertThatCode(() -> pace.came(1)).doesNotThrowAnyException();
  }

  @Test
  void slownessOfAnEarlierWindow_isNotMadeUpFor() throws Exception {
    Pace pace = pace(DownloadLimits.DEFAULTS, TWO_HOURS);
    pass(Duration.ofSeconds(60));
    pace.came(100_000_000);
    pass(Duration.ofSeconds(60));

    assertThatThrownBy(() -> pace.came(1)).hasMessageContaining("too slowly");
  }

  @Test
  void attempt_endsBeforeTheActivityDoes() throws Exception {
    Pace pace = pace(DownloadLimits.DEFAULTS, TWO_HOURS);
    assertThat(pace.left()).isEqualTo(Duration.ofMinutes(105));
    pass(Duration.ofMinutes(105));

    assertThatThrownBy(pace::left)
        .isInstanceOf(NotYet.class)
        .hasMessage("the file did not come whole within 105 min");
    assertThat(pace(DownloadLimits.DEFAULTS, Duration.ofMinutes(10)).left())
        .isEqualTo(Duration.ofMinutes(9));
  }
}
