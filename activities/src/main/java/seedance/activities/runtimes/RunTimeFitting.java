package seedance.activities.runtimes;

import java.time.Duration;
import java.util.List;
import org.apache.commons.statistics.distribution.TruncatedNormalDistribution;

/**
 * Fits a log-normal distribution to runs whose times are known between bounds, by expectation and
 * maximization: what is between the bounds counts as the fit itself has it there, so that sparse
 * looks do not teach their own spacing.
 *
 * <p>A run counts the less the more came after it, and nothing after twenty. The prior counts as
 * four runs before the first.
 */
final class RunTimeFitting {
  /** How many runs are remembered. */
  static final int REMEMBERED = 20;

  private static final int RUNS_OF_PRIOR = 4;
  private static final int MOST_STEPS = 60;
  private static final double CLOSE_ENOUGH = 1e-5;
  private static final double LEAST_SPREAD = 0.04;
  private static final double MOST_SPREAD = 1.5;

  /** Below it, in the logarithm, bounds are a number. */
  private static final double NARROW = 1e-3;

  /** Beyond so many standard deviations, a normal distribution has no digits left. */
  private static final double FAR = 7;

  private RunTimeFitting() {}

  /**
   * @param newestFirst as far as they are remembered
   */
  static RunTimeFit fit(RunTimeFit prior, List<MeasuredRun> newestFirst) {
    List<MeasuredRun> runs = newestFirst.subList(0, Math.min(REMEMBERED, newestFirst.size()));
    if (runs.isEmpty()) {
      return prior;
    }
    double weightOfPrior = 0;
    double squares = 0;
    double sum = 0;
    for (int age = 0; age < runs.size() + RUNS_OF_PRIOR; age++) {
      double weight = weight(age);
      sum += weight;
      squares += weight * weight;
      weightOfPrior += age < runs.size() ? 0 : weight;
    }
    double mean = prior.logMean();
    double spread = prior.logSpread();
    for (int step = 0; step < MOST_STEPS; step++) {
      Moment[] moments = new Moment[runs.size()];
      double nextMean = weightOfPrior * prior.logMean();
      for (int age = 0; age < runs.size(); age++) {
        moments[age] = Moment.of(runs.get(age), mean, spread);
        nextMean += weight(age) * moments[age].mean();
      }
      nextMean /= sum;
      double variance =
          weightOfPrior * (square(prior.logSpread()) + square(prior.logMean() - nextMean));
      for (int age = 0; age < runs.size(); age++) {
        variance +=
            weight(age) * (moments[age].variance() + square(moments[age].mean() - nextMean));
      }
      double nextSpread = Math.min(MOST_SPREAD, Math.max(LEAST_SPREAD, Math.sqrt(variance / sum)));
      boolean settled = Math.abs(nextMean - mean) + Math.abs(nextSpread - spread) < CLOSE_ENOUGH;
      mean = nextMean;
      spread = nextSpread;
      if (settled) {
        break;
      }
    }
    return new RunTimeFit(mean, spread, sum * sum / squares, runs.size());
  }

  private static double weight(int age) {
    return Math.max(0, 1 - square((double) age / REMEMBERED));
  }

  private static double square(double value) {
    return value * value;
  }

  /** Of the logarithm of a run's time, given its bounds. */
  private record Moment(double mean, double variance) {
    static Moment of(MeasuredRun run, double mean, double spread) {
      double low = log(run.atLeast());
      double high = log(run.atMost());
      boolean isFar = (low - mean) / spread > FAR || (mean - high) / spread > FAR;
      if (high - low < NARROW || isFar) {
        double nearest = isFar ? (low > mean ? low : high) : (low + high) / 2;
        return new Moment(nearest, 0);
      }
      TruncatedNormalDistribution between = TruncatedNormalDistribution.of(mean, spread, low, high);
      return new Moment(between.getMean(), between.getVariance());
    }

    private static double log(Duration time) {
      return Math.log(Math.max(1, time.toMillis()) / 1000.0);
    }
  }
}
