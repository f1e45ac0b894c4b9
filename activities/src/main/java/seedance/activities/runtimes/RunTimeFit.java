package seedance.activities.runtimes;

import java.time.Duration;
import org.apache.commons.statistics.distribution.LogNormalDistribution;

/**
 * A log-normal distribution of how long tasks of a group run, in seconds.
 *
 * @param logMean the mean of the time's natural logarithm
 * @param logSpread its standard deviation, &gt; 0
 * @param certainty as of how many samples this is known; infinite for what is no estimate
 * @param clips how many clips were looked at; 0 for the catalogue's word alone
 */
record RunTimeFit(double logMean, double logSpread, double certainty, int clips) {
  /**
   * Of a kind of clip nobody has measured yet. Times in the field, queue aside, lie at 0.2 to 0.5,
   * and the catalogue's own may be off.
   */
  private static final double USUAL_SPREAD = 0.35;

  /** The catalogue's word. */
  static RunTimeFit typical(Duration median) {
    return new RunTimeFit(
        Math.log(Math.max(1, median.toMillis()) / 1000.0),
        USUAL_SPREAD,
        Double.POSITIVE_INFINITY,
        0);
  }

  /** Of the next task: wider than the fit, as that may be off. */
  LogNormalDistribution next() {
    double n = Math.max(certainty, 2);
    double wider = Double.isInfinite(n) ? 1 : Math.sqrt(n / (n - 1) * (1 + 1 / n));
    return LogNormalDistribution.of(logMean, logSpread * wider);
  }
}
