package seedance.worker.dev.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the simulator knows of a model: its defaults and how long it takes. The figures are third
 * parties' observations of 720p, as of November 2026.
 *
 * @param family the part of a model's id that tells it
 * @param resolution the default
 * @param seconds the default duration; -1 if the model decides
 * @param shortest the least duration, in seconds, that the model decides for
 * @param longest the greatest
 * @param base seconds of processing that every generation takes
 * @param perSecond seconds of processing for each second of the clip
 */
record ModelFacts(
    String family,
    String resolution,
    int seconds,
    int shortest,
    int longest,
    double base,
    double perSecond) {

  private static final ModelFacts SEEDANCE_2_0 =
      new ModelFacts("seedance-2-0", "720p", 5, 4, 15, 80, 6);

  private static final List<ModelFacts> MOST_SPECIAL_FIRST =
      List.of(
          new ModelFacts("seedance-2-5", "720p", -1, 4, 30, 114, 7.2),
          new ModelFacts("seedance-2-0-fast", "720p", 5, 4, 15, 40, 4),
          new ModelFacts("seedance-2-0-mini", "720p", 5, 4, 15, 30, 3),
          SEEDANCE_2_0,
          new ModelFacts("seedance-1-5-pro", "720p", 5, 4, 12, 50, 4),
          new ModelFacts("seedance-1-0-pro-fast", "1080p", 5, 2, 12, 15, 1.5),
          new ModelFacts("seedance-1-0-pro", "1080p", 5, 2, 12, 30, 3));

  private static final Map<String, String> ALIASES =
      Map.of(
          "doubao-seedance-2-5", "doubao-seedance-2-5-260628",
          "doubao-seedance-2-0", "doubao-seedance-2-0-260128",
          "doubao-seedance-2-0-fast", "doubao-seedance-2-0-fast-260128",
          "doubao-seedance-2-0-mini", "doubao-seedance-2-0-mini-260615",
          "doubao-seedance-1-5-pro", "doubao-seedance-1-5-pro-251215",
          "doubao-seedance-1-0-pro", "doubao-seedance-1-0-pro-250528",
          "doubao-seedance-1-0-pro-fast", "doubao-seedance-1-0-pro-fast-251015");

  private static final Map<String, Double> EFFORT =
      Map.of("480p", 0.7, "720p", 1.0, "1080p", 1.8, "4k", 5.0);

  /** The facts of a model; those of 2.0 for one that is not known, such as {@code ep-…}. */
  static ModelFacts of(String model) {
    return MOST_SPECIAL_FIRST.stream()
        .filter(facts -> model.contains(facts.family))
        .findFirst()
        .orElse(SEEDANCE_2_0);
  }

  /** The id that replies bear: an alias becomes the dated id behind it. */
  static String datedId(String model) {
    return ALIASES.getOrDefault(model, model);
  }

  /** How long half of all such generations take at most. */
  Duration typical(String resolution, double clipSeconds) {
    double seconds = (base + perSecond * clipSeconds) * EFFORT.getOrDefault(resolution, 1.0);
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
