package seedance.activities.provider;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.Response;
import okio.AsyncTimeout;
import okio.Timeout;

/**
 * One limit for calls that follow one another to one end: each gets what those before it have left.
 * OkHttp's own limits begin anew with each call.
 */
final class Deadline {
  private final Duration within;
  private final LongSupplier nanoTime;
  private final long begun;

  /**
   * @param within zero for no limit
   * @param nanoTime as {@link System#nanoTime()}, as a wall clock may be set meanwhile
   */
  Deadline(Duration within, LongSupplier nanoTime) {
    this.within = within;
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
  }

  /**
   * The shortest of these, from now on.
   *
   * @param limits zero for none
   */
  static Deadline in(Duration... limits) {
    return new Deadline(
        Stream.of(limits)
            .filter(limit -> !limit.isZero())
            .min(Comparator.naturalOrder())
            .orElse(Duration.ZERO),
        System::nanoTime);
  }

  boolean isOver() {
    return !within.isZero() && nanosLeft() <= 0;
  }

  /** What the whole limit is; zero for none. */
  Duration within() {
    return within;
  }

  /**
   * A call that ends by then, to the last byte of its answer.
   *
   * @throws InterruptedIOException when nothing is left, as of a call that takes too long
   */
  Call on(Call call) throws InterruptedIOException {
    if (!within.isZero()) {
      Timeout timeout = call.timeout();
      long own = timeout.timeoutNanos();
      long left = requireLeft();
      timeout.timeout(own == 0 ? left : Math.min(own, left), TimeUnit.NANOSECONDS);
    }
    return call;
  }

  /**
   * Makes a call whose answer begins by then; how long its body takes is left to others.
   *
   * @throws InterruptedIOException when it does not
   */
  Response begin(Call call) throws IOException {
    AsyncTimeout wait =
        new AsyncTimeout() {
          @Override
          protected void timedOut() {
            call.cancel();
          }
        };
    wait.timeout(within.isZero() ? 0 : requireLeft(), TimeUnit.NANOSECONDS);
    wait.enter();
    Response response;
    try {
      response = call.execute();
    } catch (IOException | RuntimeException e) {
      if (wait.exit()) {
        throw late();
      }
      throw e;
    }
    if (wait.exit()) {
      response.close();
      throw late();
    }
    return response;
  }

  private long requireLeft() throws InterruptedIOException {
    long left = nanosLeft();
    if (left <= 0) {
      throw late();
    }
    return left;
  }

  private long nanosLeft() {
    return within.toNanos() - (nanoTime.getAsLong() - begun);
  }

  private static InterruptedIOException late() {
    return new InterruptedIOException("timeout");
  }
}
