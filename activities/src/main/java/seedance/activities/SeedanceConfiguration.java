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
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import seedance.activities.generation.ByteSize;
import seedance.activities.generation.DownloadLimits;
import seedance.activities.generation.LookSchedule;
import seedance.activities.provider.Dialect;
import seedance.activities.provider.InvalidServiceWordsException;
import seedance.activities.provider.ProviderSettings;
import seedance.activities.provider.Secret;
import seedance.activities.provider.ServiceWords;
import seedance.activities.provider.TaskPaths;
import seedance.activities.store.ArtifactStore;
import seedance.activities.store.FolderStore;
import seedance.activities.store.StoreAccess;
import seedance.workflows.request.InvalidCatalogueException;
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

  private static final String ALLOW_HTTP = "SEEDANCE_ALLOW_HTTP";

  /** The environment variables that {@link #fromEnvironment} reads. */
  public static final Set<String> VARIABLES =
      Set.of(
          "SEEDANCE_API_KEY",
          "SEEDANCE_BASE_URL",
          ALLOW_HTTP,
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

  private static final String DEFAULT_STORE = "out";

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1]");

  /** Stands in for a key that is wrong while the other settings are judged; never used. */
  private static final Secret NO_KEY = Secret.of("none");

  /**
   * @throws IllegalArgumentException when the callback URL is no {@code https://} URL without user,
   *     query and fragment; {@code http://} is for loopback hosts
   */
  public SeedanceConfiguration {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(catalogue, "catalogue");
    Objects.requireNonNull(schedule, "schedule");
    callbackUrl.ifPresent(SeedanceConfiguration::requireReachable);
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
    List<String> problems = new ArrayList<>();
    Dialect dialect = dialect(value(environment, "SEEDANCE_DIALECT", "gateway"), problems);
    Secret key = apiKey(value(environment, "SEEDANCE_API_KEY", ""), problems);
    TaskPaths paths = paths(environment, problems);
    ServiceWords words = words(value(environment, "SEEDANCE_SERVICE_WORDS", ""), problems);
    ProviderSettings provider = ProviderSettings.of(dialect, key);
    boolean allowsHttp = flag(ALLOW_HTTP, environment, problems);
    try {
      String url = value(environment, "SEEDANCE_BASE_URL", provider.baseUrl().toString());
      provider = new ProviderSettings(URI.create(url), dialect, key, paths, words);
      if (!allowsHttp && provider.isUnencrypted()) {
        problems.add(
            "SEEDANCE_BASE_URL is plain http, which shows the key and the prompts to whoever is on"
                + " the way: write https://, or set "
                + ALLOW_HTTP
                + "=true where that way is all your own");
      }
    } catch (IllegalArgumentException e) {
      problems.add(
          "SEEDANCE_BASE_URL is no URL of the form https://host[:port][/path], without user and"
              + " query");
    }
    Path folder = folder(value(environment, "SEEDANCE_STORE", DEFAULT_STORE), problems);
    Optional<URI> storeUrl = publicUrl("SEEDANCE_STORE_URL", environment, problems);
    StoreAccess access = access(value(environment, "SEEDANCE_STORE_ACCESS", "owner"), problems);
    DownloadLimits downloads = downloads(environment, problems);
    ModelCatalogue catalogue = catalogue(value(environment, "SEEDANCE_MODELS", ""), problems);
    boolean mark = flag("SEEDANCE_MARK_BY_SAFETY_IDENTIFIER", environment, problems);
    Optional<URI> callbackUrl = publicUrl("SEEDANCE_CALLBACK_URL", environment, problems);
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return new SeedanceConfiguration(
        provider,
        new FolderStore(folder, storeUrl, access),
        catalogue,
        LookSchedule.realTime(),
        mark,
        callbackUrl,
        downloads,
        Metrics.globalRegistry);
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

  private static void requireReachable(URI base) {
    boolean isSafe =
        "https".equalsIgnoreCase(base.getScheme())
            || "http".equalsIgnoreCase(base.getScheme())
                && base.getHost() != null
                && LOOPBACK.matcher(base.getHost()).matches();
    if (!isSafe
        || base.getHost() == null
        || base.getRawUserInfo() != null
        || base.getRawQuery() != null
        || base.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the callback URL is https:// and a host, without user and query");
    }
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

  private static TaskPaths paths(Map<String, String> environment, List<String> problems) {
    TaskPaths paths = TaskPaths.OF_THE_DIALECT;
    String tasks = value(environment, "SEEDANCE_TASKS_PATH", "");
    String look = value(environment, "SEEDANCE_LOOK_PATH", "");
    try {
      paths = tasks.isEmpty() ? paths : paths.withTasks(tasks);
    } catch (IllegalArgumentException e) {
      problems.add("SEEDANCE_TASKS_PATH is wrong: " + e.getMessage());
    }
    try {
      return look.isEmpty() ? paths : paths.withLook(look);
    } catch (IllegalArgumentException e) {
      problems.add("SEEDANCE_LOOK_PATH is wrong: " + e.getMessage());
      return paths;
    }
  }

  private static boolean flag(String name, Map<String, String> environment, List<String> problems) {
    String text = value(environment, name, "false");
    if (!text.equals("true") && !text.equals("false")) {
      problems.add(name + " is neither \"true\" nor \"false\"");
    }
    return text.equals("true");
  }

  private static Optional<URI> publicUrl(
      String name, Map<String, String> environment, List<String> problems) {
    String text = value(environment, name, "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI base = URI.create(text);
      requireReachable(base);
      return Optional.of(base);
    } catch (IllegalArgumentException e) {
      problems.add(
          name + " is no URL of the form https://host[:port][/path], without user and query");
      return Optional.empty();
    }
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

  private static StoreAccess access(String name, List<String> problems) {
    return Arrays.stream(StoreAccess.values())
        .filter(access -> access.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseGet(
            () -> {
              problems.add("SEEDANCE_STORE_ACCESS is neither \"owner\" nor \"umask\"");
              return StoreAccess.OWNER;
            });
  }

  private static ServiceWords words(String file, List<String> problems) {
    ServiceWords builtIn = ServiceWords.builtIn();
    if (file.isEmpty()) {
      return builtIn;
    }
    try {
      return builtIn.extendedBy(Path.of(file));
    } catch (InvalidPathException | InvalidServiceWordsException e) {
      problems.add("SEEDANCE_SERVICE_WORDS: " + e.getMessage());
      return builtIn;
    }
  }

  private static DownloadLimits downloads(Map<String, String> environment, List<String> problems) {
    Optional<Long> largest =
        ByteSize.read(value(environment, "SEEDANCE_LARGEST_FILE", "4GiB")).filter(size -> size > 0);
    if (largest.isEmpty()) {
      problems.add("SEEDANCE_LARGEST_FILE is no size of the form 4GiB, 500MiB or 1000000");
    }
    return largest.map(DownloadLimits.DEFAULTS::withLargestFile).orElse(DownloadLimits.DEFAULTS);
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
