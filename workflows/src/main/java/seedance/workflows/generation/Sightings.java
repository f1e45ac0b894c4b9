package seedance.workflows.generation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.IsoTime.IsoInstant;
import seedance.workflows.json.WireForm;

/**
 * What the looks at a task saw of its way, which bounds when its run began and ended.
 *
 * @param queuedAt the last look that saw it queued; null where none did
 * @param runningAt the first look after that which saw it under way and not queued; null where none
 *     did
 * @param underWayAt the last look that saw it not over; null where none did
 * @param calledBack whether the look that saw its end came because the service called back; null
 *     before that, and where it was not asked to
 */
@WireForm
public record Sightings(
    @IsoInstant @Nullable Instant queuedAt,
    @IsoInstant @Nullable Instant runningAt,
    @IsoInstant @Nullable Instant underWayAt,
    @Nullable Boolean calledBack) {
  /** Of a task that nobody has looked at. */
  public static final Sightings NONE = new Sightings(null, null, null, null);

  /** With a look that saw it not over. */
  Sightings with(Look.Going going) {
    boolean queued = going.isQueued();
    return new Sightings(
        queued ? going.at() : queuedAt,
        queued ? null : runningAt == null ? going.at() : runningAt,
        going.at(),
        null);
  }

  /** With the look that saw its end. */
  Sightings ended(@Nullable Boolean byCallback) {
    return new Sightings(queuedAt, runningAt, underWayAt, byCallback);
  }
}
