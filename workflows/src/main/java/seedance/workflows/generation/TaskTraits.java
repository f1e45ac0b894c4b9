package seedance.workflows.generation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.WireForm;

/**
 * What the service's list of tasks shows of a task that was made from a request: what is compared
 * to find it again. Holds only what the request says itself, as a guess at the service's defaults
 * could pass over the very task that is looked for.
 *
 * @param models the names by which the service may show the model; empty where any will do
 * @param seed null where the request leaves it to the service
 * @param resolution null where the request leaves it to the service
 * @param ratio null where the request leaves it to the service, or to its inputs
 * @param duration in seconds; null where the request leaves it to the service
 * @param safetyIdentifier null where the request has none
 */
@WireForm
public record TaskTraits(
    List<String> models,
    @Nullable Long seed,
    @Nullable String resolution,
    @Nullable String ratio,
    @Nullable Integer duration,
    @Nullable String safetyIdentifier) {

  /** Nothing is known, so any task will do. */
  public static final TaskTraits ANY = new TaskTraits(List.of(), null, null, null, null, null);

  public TaskTraits {
    models = models == null ? List.of() : List.copyOf(models);
  }

  /** Returns the traits of a task whose request was given {@code marker}. */
  public TaskTraits markedBy(Marker marker) {
    if (marker instanceof Marker.Seed drawn) {
      return new TaskTraits(
          models, (long) drawn.seed(), resolution, ratio, duration, safetyIdentifier);
    }
    if (marker instanceof Marker.SafetyIdentifier made) {
      return new TaskTraits(models, seed, resolution, ratio, duration, made.value());
    }
    return this;
  }
}
