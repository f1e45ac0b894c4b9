package seedance.activities.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

/** What calls that share a deadline get of it; by a clock of the test's own. */
class DeadlineTest {
  private long nanos = 12_345;

  private Deadline deadline(Duration within) {
    return new Deadline(within, () -> nanos);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private static Call call(Duration own) {
    return new OkHttpClient.Builder()
        .callTimeout(own)
        .build()
        .newCall(new Request.Builder().url("http://127.0.0.1/").build());
  }

  private static Duration limit(Call call) {
    return Duration.ofNanos(call.timeout().timeoutNanos());
  }

  @Test
  void call_getsWhatIsLeft() throws Exception {
    Deadline deadline = deadline(Duration.ofSeconds(50));
    pass(Duration.ofSeconds(30));

    assertThat(limit(deadline.on(call(Duration.ZERO)))).isEqualTo(Duration.ofSeconds(20));
    assertThat(limit(deadline.on(call(Duration.ofSeconds(45))))).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void call_keepsItsOwnLimit_whereThatIsShorter() throws Exception {
    assertThat(limit(deadline(Duration.ofSeconds(50)).on(call(Duration.ofSeconds(45)))))
        .isEqualTo(Duration.ofSeconds(45));
    assertThat(limit(deadline(Duration.ZERO).on(call(Duration.ofSeconds(45)))))
        .isEqualTo(Duration.ofSeconds(45));
  }

  @Test
  void call_isNotMade_whereNothingIsLeft() {
    Deadline deadline = deadline(Duration.ofSeconds(50));
    pass(Duration.ofSeconds(50));

    assertThatThrownBy(() -> deadline.on(call(Duration.ZERO)))
        .isInstanceOf(InterruptedIOException.class);
    assertThatThrownBy(() -> deadline.begin(call(Duration.ZERO)))
        .isInstanceOf(InterruptedIOException.class);
  }

  @Test
  void shortestLimit_counts_andZeroIsNone() {
    assertThat(Deadline.in(Duration.ZERO, Duration.ofSeconds(9), Duration.ofSeconds(50)).within())
        .isEqualTo(Duration.ofSeconds(9));
    Deadline none = deadline(Duration.ZERO);
    pass(Duration.ofDays(1));

    assertThat(none.isOver()).isFalse();
    assertThat(Deadline.in(Duration.ZERO).within()).isZero();
  }
}
