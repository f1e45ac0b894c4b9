package seedance.activities.generation;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Whether a download goes on fast enough, and whether there is time left for it. */
final class Pace {
  private final DownloadLimits limits;
  private final Duration attempt;
  private final LongSupplier nanoTime;
  private final long begun;
  private long windowBegan;
  private long bytesInWindow;

  /**
   * One attempt begins.
   *
   * @param startToClose what the activity is given
   * @param nanoTime as {@link System#nanoTime()}
   */
  Pace(DownloadLimits limits, Duration startToClose, LongSupplier nanoTime) {
    this.limits = limits;
    Duration most = startToClose.multipliedBy(9).dividedBy(10);
    this.attempt = most.compareTo(limits.longestAttempt()) < 0 ? most : limits.longestAttempt();
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
    beginWindow();
  }

  /** A file is asked for: what was slow before was not its host. */
  void beginFile() {
    beginWindow();
  }

  /**
   * Bytes came.
   *
   * @throws NotYet when fewer came in the last window than have to, or the time is up
   */
  void came(long bytes) throws NotYet {
    left();
    bytesInWindow += bytes;
    Duration window = Duration.ofNanos(nanoTime.getAsLong() - windowBegan);
    if (window.compareTo(limits.rateWindow()) >= 0) {
      if (bytesInWindow < limits.leastRate() * (window.toMillis() / 1000.0)) {
        throw new NotYet(
            "the file comes too slowly: in %d s less than %s a second"
                .formatted(window.toSeconds(), ByteSize.inWords(limits.leastRate())));
      }
      beginWindow();
    }
  }

  /**
   * How long the attempt may still take; never zero.
   *
   * @throws NotYet when the time is up
   */
  Duration left() throws NotYet {
    Duration left = attempt.minusNanos(nanoTime.getAsLong() - begun);
    if (left.toMillis() <= 0) {
      throw new NotYet("the file did not come whole within " + inWords(attempt));
    }
    return left;
  }

  private void beginWindow() {
    windowBegan = nanoTime.getAsLong();
    bytesInWindow = 0;
  }

  private static String inWords(Duration time) {
    return time.toMinutes() >= 2 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }
}
