package seedance.workflows.generation;

import java.time.Instant;
import java.util.Objects;
import seedance.workflows.json.IsoTime.IsoInstant;
import seedance.workflows.json.WireForm;

/**
 * When a task is likely to be done, reckoned at a look at it which saw that it was not.
 *
 * @param expectedAt as likely before as after; of a task that is queued, as if it ran from then on
 * @param usuallyBy nine of ten such tasks are done by then
 * @param runTime what both are reckoned from
 */
@WireForm
public record Expectation(
    @IsoInstant Instant expectedAt, @IsoInstant Instant usuallyBy, RunTime runTime) {
  public Expectation {
    Objects.requireNonNull(expectedAt, "expectedAt");
    Objects.requireNonNull(usuallyBy, "usuallyBy");
    Objects.requireNonNull(runTime, "runTime");
  }
}
