package seedance.activities;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import seedance.activities.generation.DownloadLimits;
import seedance.activities.generation.LookSchedule;
import seedance.activities.provider.ProviderSettings;
import seedance.activities.store.ArtifactStore;
import seedance.activities.store.PublicUrl;
import seedance.workflows.request.ModelCatalogue;

/**
 * What the activities need to know: the service, the store, the models. Immutable.
 *
 * @param provider which service, in which dialect, with which key
 * @param store where clips are kept
 * @param catalogue the models, their limits and prices
 * @param schedule when tasks are looked at
 * @param markBySafetyIdentifier whether a request that cannot be marked by its seed, and has no
 *     {@code safety_identifier}, is given one, so that its task is known again when the answer is
 *     lost; false by default, as the field is meant for a hash of the end user's id, and the
 *     service may hold end users to account by it
 * @param callbackUrl the public URL under which {@code /callbacks/…} reaches the workers, {@code
 *     https://…}: requests without a {@code callback_url} get one of theirs; empty by default: no
 *     callbacks
 * @param downloads what fetching a result may take
 * @param meters where counts go; Micrometer's global registry by default
 */
public record SeedanceConfiguration(
    ProviderSettings provider,
    ArtifactStore store,
    ModelCatalogue catalogue,
    LookSchedule schedule,
    boolean markBySafetyIdentifier,
    Optional<URI> callbackUrl,
    DownloadLimits downloads,
    MeterRegistry meters) {

  /** The environment variables that {@link #fromEnvironment} reads. */
  public static final Set<String> VARIABLES =
      Set.of(
          "SEEDANCE_API_KEY",
          "SEEDANCE_BASE_URL",
          "SEEDANCE_ALLOW_HTTP",
          "SEEDANCE_DIALECT",
          "SEEDANCE_TASKS_PATH",
          "SEEDANCE_LOOK_PATH",
          "SEEDANCE_STORE",
          "SEEDANCE_STORE_URL",
          "SEEDANCE_STORE_ACCESS",
          "SEEDANCE_LARGEST_FILE",
          "SEEDANCE_MODELS",
          "SEEDANCE_SERVICE_WORDS",
          "SEEDANCE_MARK_BY_SAFETY_IDENTIFIER",
          "SEEDANCE_CALLBACK_URL");

  /**
   * @throws IllegalArgumentException when the callback URL is no {@code https://} URL without user,
   *     query and fragment; {@code http://} is for loopback hosts
   */
  public SeedanceConfiguration {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(catalogue, "catalogue");
    Objects.requireNonNull(schedule, "schedule");
    callbackUrl.ifPresent(PublicUrl::require);
    Objects.requireNonNull(downloads, "downloads");
    Objects.requireNonNull(meters, "meters");
  }

  /** The configuration with the built-in catalogue, the real schedule and the global meters. */
  public static SeedanceConfiguration of(ProviderSettings provider, ArtifactStore store) {
    return new SeedanceConfiguration(
        provider,
        store,
        ModelCatalogue.builtIn(),
        LookSchedule.realTime(),
        false,
        Optional.empty(),
        DownloadLimits.DEFAULTS,
        Metrics.globalRegistry);
  }

  /**
   * Reads {@code SEEDANCE_API_KEY} (required), {@code SEEDANCE_DIALECT} ({@code gateway}), {@code
   * SEEDANCE_BASE_URL} (the dialect's), {@code SEEDANCE_ALLOW_HTTP} ({@code false}), {@code
   * SEEDANCE_TASKS_PATH} and {@code SEEDANCE_LOOK_PATH} (the dialect's), {@code SEEDANCE_STORE}
   * (the folder {@code out}), {@code SEEDANCE_STORE_URL} (none), {@code SEEDANCE_STORE_ACCESS}
   * ({@code owner}), {@code SEEDANCE_LARGEST_FILE} ({@code 4GiB}), {@code SEEDANCE_MODELS} (the
   * built-in catalogue alone), {@code SEEDANCE_SERVICE_WORDS} (the built-in words alone), {@code
   * SEEDANCE_MARK_BY_SAFETY_IDENTIFIER} ({@code false}) and {@code SEEDANCE_CALLBACK_URL} (none). A
   * blank value counts as absent.
   *
   * @param environment usually {@link System#getenv()}
   * @throws InvalidSettingsException naming every problem at once
   */
  public static SeedanceConfiguration fromEnvironment(Map<String, String> environment) {
    SettingsReader settings = new SettingsReader(environment);
    SeedanceConfiguration configuration = from(settings);
    settings.requireNoProblem();
    return configuration;
  }

  /**
   * The same for who reads other settings too.
   *
   * @param settings collects what is wrong; where something is, what is returned means nothing
   */
  public static SeedanceConfiguration from(SettingsReader settings) {
    ConfigurationReader reader = new ConfigurationReader(settings);
    return new SeedanceConfiguration(
        reader.provider(),
        reader.store(),
        reader.models(),
        LookSchedule.realTime(),
        reader.markBySafetyIdentifier(),
        reader.callbackUrl(),
        reader.downloads(),
        Metrics.globalRegistry);
  }

  /** Only the store of {@link #from}, for which nothing else need be right. */
  public static ArtifactStore storeFrom(SettingsReader settings) {
    return new ConfigurationReader(settings).store();
  }

  /** This configuration with counts going to {@code registry}. */
  public SeedanceConfiguration withMeters(MeterRegistry registry) {
    return new SeedanceConfiguration(
        provider,
        store,
        catalogue,
        schedule,
        markBySafetyIdentifier,
        callbackUrl,
        downloads,
        registry);
  }

  /** This configuration with looks by {@code other}, for a service simulated faster than life. */
  public SeedanceConfiguration withSchedule(LookSchedule other) {
    return new SeedanceConfiguration(
        provider, store, catalogue, other, markBySafetyIdentifier, callbackUrl, downloads, meters);
  }

  /** This configuration with another {@code markBySafetyIdentifier}. */
  public SeedanceConfiguration withMarkBySafetyIdentifier(boolean mark) {
    return new SeedanceConfiguration(
        provider, store, catalogue, schedule, mark, callbackUrl, downloads, meters);
  }

  /**
   * This configuration with callbacks to {@code base}.
   *
   * @throws IllegalArgumentException as for the constructor
   */
  public SeedanceConfiguration withCallbackUrl(URI base) {
    return new SeedanceConfiguration(
        provider,
        store,
        catalogue,
        schedule,
        markBySafetyIdentifier,
        Optional.of(base),
        downloads,
        meters);
  }
}
