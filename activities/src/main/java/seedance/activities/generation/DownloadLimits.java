package seedance.activities.generation;

import java.time.Duration;
import java.util.Objects;

/**
 * What a download may take, so that no file host fills the store or holds a worker.
 *
 * @param largestFile bytes that one file may have; 4 GiB by default
 * @param leastRate bytes a second that have to come, over each {@code rateWindow}; 4 KiB by
 *     default, at which a clip of 30 MB takes two hours
 * @param rateWindow a minute by default, so that a pause is no reason to give up
 * @param longestAttempt one attempt at all files of a task; 105 minutes by default, as the activity
 *     is given two hours. Of a shorter start-to-close timeout nine tenths are used
 */
public record DownloadLimits(
    long largestFile, long leastRate, Duration rateWindow, Duration longestAttempt) {
  /** The defaults. */
  public static final DownloadLimits DEFAULTS =
      new DownloadLimits(
          4L * 1024 * 1024 * 1024, 4 * 1024, Duration.ofMinutes(1), Duration.ofMinutes(105));

  /**
   * @throws IllegalArgumentException when a limit lets nothing through: a size or a time that is
   *     not positive, or a negative rate
   */
  public DownloadLimits {
    Objects.requireNonNull(rateWindow, "rateWindow");
    Objects.requireNonNull(longestAttempt, "longestAttempt");
    if (largestFile < 1
        || leastRate < 0
        || !isPositive(rateWindow)
        || !isPositive(longestAttempt)) {
      throw new IllegalArgumentException("a download needs room, and time");
    }
  }

  private static boolean isPositive(Duration time) {
    return !time.isNegative() && !time.isZero();
  }

  /** These limits with another largest file. */
  public DownloadLimits withLargestFile(long bytes) {
    return new DownloadLimits(bytes, leastRate, rateWindow, longestAttempt);
  }
}
