package seedance.worker.dev;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * What a development system is told.
 *
 * @param environment {@code TEMPORAL_ADDRESS} names another server, {@code SEEDANCE_API_KEY} makes
 *     it use the real service; usually {@link System#getenv()}
 * @param store the folder for clips where {@code SEEDANCE_STORE} names none
 * @param speed how many times faster than life the simulated service is, &gt; 0
 */
public record DevSettings(Map<String, String> environment, Path store, double speed) {
  /** A generation of two minutes takes two seconds. */
  public static final double DEFAULT_SPEED = 60;

  public DevSettings {
    environment = Map.copyOf(environment);
    Objects.requireNonNull(store, "store");
    if (!(speed > 0)) {
      throw new IllegalArgumentException("speed is " + speed + ", must be > 0");
    }
  }
}
