package seedance.client.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The settings of a request that has options of its own for what is to be seen. */
class SettingArguments {
  @Option(names = "--model", paramLabel = "MODEL", description = "The model.")
  private @Nullable String model;

  @Option(names = "--resolution", paramLabel = "R", description = "Such as 720p.")
  private @Nullable String resolution;

  @Option(names = "--ratio", paramLabel = "W:H", description = "Such as 16:9.")
  private @Nullable String ratio;

  @Option(names = "--duration", paramLabel = "S", description = "Seconds; else the model's usual.")
  private @Nullable Integer duration;

  @Option(names = "--seed", paramLabel = "N", description = "For the like of an earlier clip.")
  private @Nullable Long seed;

  /** What was said, by the names of the body's fields. */
  Map<String, Object> said() {
    Map<String, Object> said = new LinkedHashMap<>();
    put(said, "model", model);
    put(said, "resolution", resolution);
    put(said, "ratio", ratio);
    put(said, "duration", duration);
    put(said, "seed", seed);
    return said;
  }

  private static void put(Map<String, Object> said, String field, @Nullable Object value) {
    if (value != null) {
      said.put(field, value);
    }
  }
}
