package seedance.activities.runtimes;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.distribution.LogNormalDistribution;

/**
 * How far apart looks are so that few of them see an end soon. With the density f of the end and
 * the chance S that it is yet to come, no schedule has a product of looks and mean delay below
 * ½(∫√(f·S))², and looks at equal shares of that integral come near it (Keller, Optimum Checking
 * Schedules for Systems Subject to Random Failure, Management Science 21, 1974). Each look comes
 * when a fixed share of what is left of it is over.
 */
final class LookSpacing {
  /**
   * What is aimed at: a mean delay of this share of the median, for which a spread of 0.3 needs
   * some six looks.
   */
  static final double MEAN_DELAY = 0.045;

  private static final int POINTS = 400;

  /** What is slower than nearly all is not what was learnt of: then a tenth of its time. */
  private static final double BEYOND = 1e-3;

  private static final double SHARE_BEYOND = 0.1;
  private static final double LEAST_CHANCE = 1e-5;
  private static final int BEGINNINGS = 9;

  private static final Map<Long, Double> SHARES = new ConcurrentHashMap<>();

  private final LogNormalDistribution runs;
  private final double share;

  private LookSpacing(LogNormalDistribution runs, double share) {
    this.runs = runs;
    this.share = share;
  }

  static LookSpacing of(LogNormalDistribution runs) {
    long hundredths = Math.max(1, Math.round(runs.getSigma() * 100));
    return new LookSpacing(
        runs, SHARES.computeIfAbsent(hundredths, key -> shareFor(hundredths / 100.0)));
  }

  /**
   * Seconds to the next look.
   *
   * @param atLeast for how long it has surely run, in seconds, and is not over
   * @param atMost for how long it has run if it began as early as can be
   */
  double next(double atLeast, double atMost) {
    Beginnings begun = new Beginnings(runs, atLeast, atMost);
    if (begun.chance(0) < BEYOND) {
      return SHARE_BEYOND * atMost;
    }
    return new Curve(begun, atLeast).after(share);
  }

  /** The share for which the mean delay is what is aimed at; the median makes no difference. */
  private static double shareFor(double spread) {
    Curve curve = new Curve(new Beginnings(LogNormalDistribution.of(0, spread), 0, 0), 0);
    double low = 0.01;
    double high = 0.99;
    for (int i = 0; i < 30; i++) {
      double middle = (low + high) / 2;
      if (curve.meanDelay(middle) > MEAN_DELAY) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  /** A run that began at one of several moments, each as likely. */
  private record Beginnings(LogNormalDistribution runs, double atLeast, double atMost) {
    private int count() {
      return atMost - atLeast < 0.01 * runs.inverseCumulativeProbability(0.5) ? 1 : BEGINNINGS;
    }

    private double ran(int which, double in) {
      int count = count();
      return in + (count == 1 ? atMost : atLeast + (atMost - atLeast) * which / (count - 1));
    }

    /** That it is not over then, in so many seconds. */
    double chance(double in) {
      int count = count();
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += runs.survivalProbability(ran(i, in));
      }
      return sum / count;
    }

    double density(double in) {
      int count = count();
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += runs.density(ran(i, in));
      }
      return sum / count;
    }
  }

  /** The integral of √(f·S) from now on, by points in time. */
  private static final class Curve {
    private final double[] in = new double[POINTS];
    private final double[] integral = new double[POINTS];
    private final double[] over = new double[POINTS];
    private final double[] overSummed = new double[POINTS];

    Curve(Beginnings begun, double atLeast) {
      double first =
          Math.max(begun.atMost(), begun.runs().inverseCumulativeProbability(LEAST_CHANCE));
      double last =
          begun.atMost()
              - atLeast
              + begun.runs().inverseSurvivalProbability(LEAST_CHANCE * begun.chance(0));
      double ratio = Math.pow(last / first, 1.0 / (POINTS - 1));
      double before = 0;
      double now = begun.chance(0);
      for (int i = 0; i < POINTS; i++) {
        in[i] = first * Math.pow(ratio, i) - begun.atMost();
        double chance = begun.chance(in[i]);
        double height = Math.sqrt(begun.density(in[i]) * chance);
        over[i] = 1 - chance / now;
        if (i > 0) {
          double step = in[i] - in[i - 1];
          integral[i] = integral[i - 1] + (before + height) / 2 * step;
          overSummed[i] = overSummed[i - 1] + (over[i] + over[i - 1]) / 2 * step;
        }
        before = height;
      }
    }

    /** When a share of the whole is over. */
    double after(double share) {
      return at(share * integral[POINTS - 1], integral, in);
    }

    /** Of looks that each come when a share of what is left is over. */
    double meanDelay(double share) {
      double delay = 0;
      double look = in[0];
      double left = 1;
      while (left > LEAST_CHANCE) {
        left *= 1 - share;
        double next = after(1 - left);
        delay +=
            at(next, in, overSummed)
                - at(look, in, overSummed)
                - at(look, in, over) * (next - look);
        look = next;
      }
      return delay;
    }

    private static double at(double x, double[] xs, double[] ys) {
      int high = Arrays.binarySearch(xs, x);
      if (high >= 0) {
        return ys[high];
      }
      int above = -high - 1;
      if (above == 0) {
        return ys[0];
      }
      if (above == xs.length) {
        return ys[xs.length - 1];
      }
      double part = (x - xs[above - 1]) / (xs[above] - xs[above - 1]);
      return ys[above - 1] + part * (ys[above] - ys[above - 1]);
    }
  }
}
