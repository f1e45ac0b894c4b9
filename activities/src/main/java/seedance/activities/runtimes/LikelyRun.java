package seedance.activities.runtimes;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.commons.statistics.distribution.LogNormalDistribution;
import seedance.workflows.generation.Expectation;
import seedance.workflows.generation.RunTime;

/** What the next run of a group is likely to take, and when to look at it. */
public final class LikelyRun {
  /** Beyond it, a distribution has nothing to say; then another half of the time so far. */
  private static final double BEYOND = 1e-6;

  private static final double FAST_ONES = 0.01;

  private final RunTimeFit fit;
  private final LogNormalDistribution runs;
  private final boolean callsArrive;

  LikelyRun(RunTimeFit fit, boolean callsArrive) {
    this.fit = fit;
    this.runs = fit.next();
    this.callsArrive = callsArrive;
  }

  /** Whether the service called back about the last ones, as it was asked to. */
  public boolean callsArrive() {
    return callsArrive;
  }

  /**
   * When to look at a task next that was seen under way.
   *
   * @param atLeast for how long it has surely run; zero for one that has not begun
   * @param atMost for how long it has run if it began as early as can be
   */
  public Duration nextLookIn(Duration atLeast, Duration atMost) {
    return duration(LookSpacing.of(runs).next(seconds(atLeast), seconds(atMost)));
  }

  /** Hardly any is done sooner. */
  public Duration soonest() {
    return duration(runs.inverseCumulativeProbability(FAST_ONES));
  }

  /**
   * When a task is likely to be done that is not done yet.
   *
   * @param since when its run began
   */
  public Expectation expectation(Instant since, Instant now) {
    double ran = seconds(Duration.between(since, now));
    return new Expectation(
        now.plus(duration(left(ran, 0.5))),
        now.plus(duration(left(ran, 0.9))),
        new RunTime(since, median(), runs.getSigma(), fit.clips()));
  }

  private Duration median() {
    return duration(Math.max(0.001, Math.exp(runs.getMu())));
  }

  private double left(double ran, double chance) {
    double notOver = runs.survivalProbability(ran);
    return notOver < BEYOND
        ? ran * chance / 2
        : runs.inverseSurvivalProbability((1 - chance) * notOver) - ran;
  }

  private static double seconds(Duration time) {
    return Math.max(0, time.toMillis()) / 1000.0;
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(Math.max(0, seconds) * 1000));
  }

  @Override
  public String toString() {
    return Objects.toString(fit);
  }
}
