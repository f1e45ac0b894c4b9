package seedance.workflows.generation;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import seedance.workflows.json.IsoTime.IsoDuration;
import seedance.workflows.json.IsoTime.IsoInstant;
import seedance.workflows.json.WireForm;

/**
 * How long a task is likely to run, as a log-normal distribution.
 *
 * @param since what the time is counted from: when the service took the task, or where it was seen
 *     in the queue, when it was last seen there; of a task that is still queued, when it was looked
 *     at
 * @param median half of such tasks take no longer, &gt; 0
 * @param spread the standard deviation of the time's natural logarithm, &gt; 0: at 0.1 two of three
 *     are within a tenth of the median, at 0.5 within a half of it
 * @param clips of how many earlier clips this was learnt; 0 where it is the catalogue's word alone
 */
@WireForm
public record RunTime(
    @IsoInstant Instant since, @IsoDuration Duration median, double spread, int clips) {
  /** Of the standard normal distribution. */
  private static final double NINE_OF_TEN = 1.2815515655446;

  /** In milliseconds, some 30 years; beyond, an instant would overflow. */
  private static final double LONGEST = 1e12;

  public RunTime {
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(median, "median");
    if (median.isNegative() || median.isZero() || !(spread > 0) || clips < 0) {
      throw new IllegalArgumentException(
          "a median of %s, a spread of %s, of %d clips".formatted(median, spread, clips));
    }
  }

  /** Nine of ten such tasks are done by then; what is not takes longer than usual. */
  public Instant lateFrom() {
    double millis = median.toMillis() * StrictMath.exp(NINE_OF_TEN * spread);
    return since.plusMillis(Math.round(Math.min(millis, LONGEST)));
  }
}
