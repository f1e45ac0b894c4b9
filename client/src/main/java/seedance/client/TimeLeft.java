package seedance.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.statistics.distribution.LogNormalDistribution;
import seedance.workflows.generation.Progress;
import seedance.workflows.generation.RunTime;

/**
 * How long a task is likely to take still, as of a moment at which nothing says that it is done:
 * what a {@link Progress} tells is as of the last look.
 *
 * @param gone how long it has run; zero for one that is queued
 * @param likely as likely less as more, &gt; 0; of one that is queued, from when it runs
 * @param isQueued whether it does not run yet, and nobody knows when it will
 * @param isLate whether nine of ten such tasks would be done by now
 */
public record TimeLeft(Duration gone, Duration likely, boolean isQueued, boolean isLate) {
  /** Beyond it, a distribution has nothing to say; then another quarter of the time so far. */
  private static final double BEYOND = 1e-6;

  private static final Duration SHORTEST = Duration.ofMillis(1);

  public TimeLeft {
    Objects.requireNonNull(gone, "gone");
    Objects.requireNonNull(likely, "likely");
  }

  /**
   * @param now by this machine's clock
   * @return empty while there is no task to wait for, and where its worker does not tell
   */
  public static Optional<TimeLeft> of(Progress progress, Instant now) {
    RunTime runTime = progress.runTime();
    if (progress.stage() != Progress.Stage.AWAIT || runTime == null) {
      return Optional.empty();
    }
    if ("queued".equals(progress.status())) {
      return Optional.of(new TimeLeft(Duration.ZERO, runTime.median(), true, false));
    }
    Duration since = Duration.between(runTime.since(), now);
    Duration gone = since.isNegative() ? Duration.ZERO : since;
    return Optional.of(
        new TimeLeft(gone, likely(gone, runTime), false, !now.isBefore(runTime.lateFrom())));
  }

  private static Duration likely(Duration gone, RunTime runTime) {
    LogNormalDistribution runs =
        LogNormalDistribution.of(Math.log(runTime.median().toMillis() / 1000.0), runTime.spread());
    double ran = gone.toMillis() / 1000.0;
    double notOver = runs.survivalProbability(ran);
    double left = notOver < BEYOND ? ran / 4 : runs.inverseSurvivalProbability(notOver / 2) - ran;
    Duration likely = Duration.ofMillis(Math.round(left * 1000));
    return likely.compareTo(SHORTEST) < 0 ? SHORTEST : likely;
  }

  /** How much of it is gone, from 0 to 1; zero for one that is queued. */
  public double share() {
    double seconds = gone.toMillis();
    return seconds / (seconds + likely.toMillis());
  }
}
