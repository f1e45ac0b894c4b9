package seedance.activities.runtimes;

import java.util.List;
import org.apache.commons.statistics.distribution.LogNormalDistribution;

/** The bound of looks × mean delay, and what a schedule costs, both by summing up. */
final class Bound {
  private static final int STEPS = 40_000;

  private Bound() {}

  /** ½(∫√(f·S))² of a log-normal distribution. */
  static double of(double spread, double median) {
    LogNormalDistribution run = LogNormalDistribution.of(Math.log(median), spread);
    double low = median * Math.exp(-8 * spread);
    double ratio = Math.exp(17 * spread / STEPS);
    double integral = 0;
    double at = low;
    double before = height(run, at);
    for (int i = 1; i <= STEPS; i++) {
      double next = at * ratio;
      double height = height(run, next);
      integral += (before + height) / 2 * (next - at);
      at = next;
      before = height;
    }
    return integral * integral / 2;
  }

  private static double height(LogNormalDistribution run, double at) {
    return Math.sqrt(run.density(at) * run.survivalProbability(at));
  }

  /**
   * The means of what looks at fixed times cost.
   *
   * @param looks how many, the one that sees the end among them
   * @param delay in seconds, from the end to that one
   */
  record Cost(double looks, double delay) {
    double product() {
      return looks * delay;
    }
  }

  static Cost costOf(List<Double> looks, double spread, double median) {
    LogNormalDistribution run = LogNormalDistribution.of(Math.log(median), spread);
    double mean = 0;
    double delay = 0;
    double before = 0;
    for (double look : looks) {
      mean += run.survivalProbability(before);
      double chance = run.probability(before, look);
      delay += look * chance - meanWithin(before, look, spread, median);
      before = look;
    }
    return new Cost(mean, delay);
  }

  /** ∫ t f(t) dt, which of a log-normal distribution is that of another one. */
  private static double meanWithin(double from, double to, double spread, double median) {
    LogNormalDistribution shifted =
        LogNormalDistribution.of(Math.log(median) + spread * spread, spread);
    return median * Math.exp(spread * spread / 2) * shifted.probability(from, to);
  }
}
