package seedance.activities;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import seedance.activities.generation.LookSchedule;
import seedance.activities.provider.Dialect;
import seedance.activities.provider.ProviderSettings;
import seedance.activities.provider.Secret;
import seedance.activities.store.ArtifactStore;
import seedance.activities.store.FolderStore;
import seedance.workflows.request.InvalidCatalogueException;
import seedance.workflows.request.ModelCatalogue;

/**
 * What the activities need to know: the service, the store, the models. Immutable.
 *
 * @param provider which service, in which dialect, with which key
 * @param store where clips are kept
 * @param catalogue the models, their limits and prices
 * @param schedule when tasks are looked at
 * @param meters where counts go; Micrometer's global registry by default
 */
public record SeedanceConfiguration(
    ProviderSettings provider,
    ArtifactStore store,
    ModelCatalogue catalogue,
    LookSchedule schedule,
    MeterRegistry meters) {

  /** The environment variables that {@link #fromEnvironment} reads. */
  public static final Set<String> VARIABLES =
      Set.of(
          "SEEDANCE_API_KEY",
          "SEEDANCE_BASE_URL",
          "SEEDANCE_DIALECT",
          "SEEDANCE_STORE",
          "SEEDANCE_MODELS");

  private static final String DEFAULT_STORE = "out";

  /** Stands in for a key that is wrong while the other settings are judged; never used. */
  private static final Secret NO_KEY = Secret.of("none");

  public SeedanceConfiguration {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(catalogue, "catalogue");
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(meters, "meters");
  }

  /** The configuration with the built-in catalogue, the real schedule and the global meters. */
  public static SeedanceConfiguration of(ProviderSettings provider, ArtifactStore store) {
    return new SeedanceConfiguration(
        provider, store, ModelCatalogue.builtIn(), LookSchedule.realTime(), Metrics.globalRegistry);
  }

  /**
   * Reads {@code SEEDANCE_API_KEY} (required), {@code SEEDANCE_DIALECT} ({@code gateway}), {@code
   * SEEDANCE_BASE_URL} (the dialect's), {@code SEEDANCE_STORE} (the folder {@code out}) and {@code
   * SEEDANCE_MODELS} (the built-in catalogue alone). A blank value counts as absent.
   *
   * @param environment usually {@link System#getenv()}
   * @throws InvalidSettingsException naming every problem at once
   */
  public static SeedanceConfiguration fromEnvironment(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    Dialect dialect = dialect(value(environment, "SEEDANCE_DIALECT", "gateway"), problems);
    Secret key = apiKey(value(environment, "SEEDANCE_API_KEY", ""), problems);
    ProviderSettings provider = ProviderSettings.of(dialect, key);
    try {
      String url = value(environment, "SEEDANCE_BASE_URL", provider.baseUrl().toString());
      provider = new ProviderSettings(URI.create(url), dialect, key);
    } catch (IllegalArgumentException e) {
      problems.add(
          "SEEDANCE_BASE_URL is no URL of the form https://host[:port][/path], without user and"
              + " query");
    }
    Path folder = folder(value(environment, "SEEDANCE_STORE", DEFAULT_STORE), problems);
    ModelCatalogue catalogue = catalogue(value(environment, "SEEDANCE_MODELS", ""), problems);
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return new SeedanceConfiguration(
        provider,
        new FolderStore(folder),
        catalogue,
        LookSchedule.realTime(),
        Metrics.globalRegistry);
  }

  /** This configuration with counts going to {@code registry}. */
  public SeedanceConfiguration withMeters(MeterRegistry registry) {
    return new SeedanceConfiguration(provider, store, catalogue, schedule, registry);
  }

  /** This configuration with looks by {@code other}, for a service simulated faster than life. */
  public SeedanceConfiguration withSchedule(LookSchedule other) {
    return new SeedanceConfiguration(provider, store, catalogue, other, meters);
  }

  private static String value(Map<String, String> environment, String name, String otherwise) {
    String value = environment.getOrDefault(name, "").strip();
    return value.isEmpty() ? otherwise : value;
  }

  private static Secret apiKey(String text, List<String> problems) {
    if (text.isEmpty()) {
      problems.add("SEEDANCE_API_KEY is missing: the key of the service's account");
      return NO_KEY;
    }
    try {
      return Secret.of(text);
    } catch (IllegalArgumentException e) {
      problems.add("SEEDANCE_API_KEY " + e.getMessage());
      return NO_KEY;
    }
  }

  private static Dialect dialect(String name, List<String> problems) {
    return Arrays.stream(Dialect.values())
        .filter(dialect -> dialect.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseGet(
            () -> {
              problems.add("SEEDANCE_DIALECT is neither \"gateway\" nor \"ark\"");
              return Dialect.GATEWAY;
            });
  }

  private static Path folder(String text, List<String> problems) {
    try {
      if (text.regionMatches(true, 0, "file:", 0, 5)) {
        return Path.of(URI.create(text));
      }
      if (!text.contains("://")) {
        return Path.of(text);
      }
    } catch (IllegalArgumentException e) {
      // InvalidPathException is one too; named below.
    }
    problems.add("SEEDANCE_STORE is neither a folder nor a file: URI");
    return Path.of(DEFAULT_STORE);
  }

  private static ModelCatalogue catalogue(String file, List<String> problems) {
    ModelCatalogue builtIn = ModelCatalogue.builtIn();
    if (file.isEmpty()) {
      return builtIn;
    }
    try {
      return builtIn.extendedBy(Path.of(file));
    } catch (InvalidPathException | InvalidCatalogueException e) {
      problems.add("SEEDANCE_MODELS: " + e.getMessage());
      return builtIn;
    }
  }
}
