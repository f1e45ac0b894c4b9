package seedance.workflows.json;

import org.jspecify.annotations.Nullable;

/**
 * A step from the root to a place: a path is only put together where it is needed, as those of all
 * values of a text may take thousands of times its own room.
 *
 * @param parent null below the root
 * @param name null for an item
 */
public record JsonStep(@Nullable JsonStep parent, @Nullable String name, int index) {
  public static JsonStep field(@Nullable JsonStep parent, String name) {
    return new JsonStep(parent, name, 0);
  }

  public static JsonStep item(@Nullable JsonStep parent, int index) {
    return new JsonStep(parent, null, index);
  }

  /**
   * Puts the path together.
   *
   * @param step null for the root
   */
  public static String path(@Nullable JsonStep step) {
    if (step == null) {
      return JsonPath.ROOT;
    }
    String before = path(step.parent);
    return step.name != null
        ? JsonPath.field(before, step.name)
        : JsonPath.item(before, step.index);
  }
}
