package seedance.activities;

import io.micrometer.core.instrument.Metrics;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seedance.activities.generation.ByteSize;
import seedance.activities.generation.DownloadLimits;
import seedance.activities.generation.LookSchedule;
import seedance.activities.provider.Dialect;
import seedance.activities.provider.ProviderSettings;
import seedance.activities.provider.Secret;
import seedance.activities.provider.ServiceWords;
import seedance.activities.provider.TaskPaths;
import seedance.activities.store.FolderStore;
import seedance.activities.store.StoreAccess;
import seedance.workflows.json.InvalidFileException;
import seedance.workflows.request.ModelCatalogue;

/** Reads a {@link SeedanceConfiguration} from an environment, and all that is wrong with it. */
final class ConfigurationReader {
  private static final String DEFAULT_STORE = "out";

  /** Stands in for a key that is wrong while the other settings are judged; never used. */
  private static final Secret NO_KEY = Secret.of("none");

  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  ConfigurationReader(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * @throws InvalidSettingsException naming every problem at once
   */
  SeedanceConfiguration read() {
    ProviderSettings provider = provider();
    FolderStore store = store();
    DownloadLimits downloads = downloads();
    ModelCatalogue catalogue = catalogue();
    boolean mark = flag("SEEDANCE_MARK_BY_SAFETY_IDENTIFIER");
    Optional<URI> callbackUrl = publicUrl("SEEDANCE_CALLBACK_URL");
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return new SeedanceConfiguration(
        provider,
        store,
        catalogue,
        LookSchedule.realTime(),
        mark,
        callbackUrl,
        downloads,
        Metrics.globalRegistry);
  }

  private ProviderSettings provider() {
    Dialect dialect =
        oneOf(
            Dialect.values(),
            "SEEDANCE_DIALECT",
            Dialect.GATEWAY,
            "is neither \"gateway\" nor \"ark\"");
    Secret key = apiKey();
    TaskPaths paths = paths();
    ServiceWords words = words();
    boolean allowsHttp = flag("SEEDANCE_ALLOW_HTTP");
    ProviderSettings provider = ProviderSettings.of(dialect, key);
    try {
      String url = value("SEEDANCE_BASE_URL", provider.baseUrl().toString());
      provider = new ProviderSettings(URI.create(url), dialect, key, paths, words);
      if (!allowsHttp && provider.isUnencrypted()) {
        problems.add(
            "SEEDANCE_BASE_URL is plain http, which shows the key and the prompts to whoever is on"
                + " the way: write https://, or set SEEDANCE_ALLOW_HTTP=true where that way is all"
                + " your own");
      }
    } catch (IllegalArgumentException e) {
      problems.add(
          "SEEDANCE_BASE_URL is no URL of the form https://host[:port][/path], without user and"
              + " query");
    }
    return provider;
  }

  private FolderStore store() {
    Path folder = folder();
    Optional<URI> url = publicUrl("SEEDANCE_STORE_URL");
    StoreAccess access =
        oneOf(
            StoreAccess.values(),
            "SEEDANCE_STORE_ACCESS",
            StoreAccess.OWNER,
            "is neither \"owner\" nor \"umask\"");
    return new FolderStore(folder, url, access);
  }

  private String value(String name, String otherwise) {
    String value = environment.getOrDefault(name, "").strip();
    return value.isEmpty() ? otherwise : value;
  }

  private boolean flag(String name) {
    String text = value(name, "false");
    if (!text.equals("true") && !text.equals("false")) {
      problems.add(name + " is neither \"true\" nor \"false\"");
    }
    return text.equals("true");
  }

  private <E extends Enum<E>> E oneOf(E[] values, String name, E usual, String wrong) {
    String text = value(name, usual.name());
    return Arrays.stream(values)
        .filter(value -> value.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseGet(
            () -> {
              problems.add(name + " " + wrong);
              return usual;
            });
  }

  private Secret apiKey() {
    String text = value("SEEDANCE_API_KEY", "");
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

  private TaskPaths paths() {
    TaskPaths paths = TaskPaths.OF_THE_DIALECT;
    String tasks = value("SEEDANCE_TASKS_PATH", "");
    String look = value("SEEDANCE_LOOK_PATH", "");
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

  private Optional<URI> publicUrl(String name) {
    String text = value(name, "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI base = URI.create(text);
      SeedanceConfiguration.requireReachable(base);
      return Optional.of(base);
    } catch (IllegalArgumentException e) {
      problems.add(
          name + " is no URL of the form https://host[:port][/path], without user and query");
      return Optional.empty();
    }
  }

  private Path folder() {
    String text = value("SEEDANCE_STORE", DEFAULT_STORE);
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

  private DownloadLimits downloads() {
    Optional<Long> largest =
        ByteSize.read(value("SEEDANCE_LARGEST_FILE", "4GiB")).filter(size -> size > 0);
    if (largest.isEmpty()) {
      problems.add("SEEDANCE_LARGEST_FILE is no size of the form 4GiB, 500MiB or 1000000");
    }
    return largest.map(DownloadLimits.DEFAULTS::withLargestFile).orElse(DownloadLimits.DEFAULTS);
  }

  /** A file has a line for each mistake. */
  private void addLines(String name, String mistakes) {
    mistakes.lines().forEach(mistake -> problems.add(name + ": " + mistake));
  }

  private ServiceWords words() {
    String file = value("SEEDANCE_SERVICE_WORDS", "");
    ServiceWords builtIn = ServiceWords.builtIn();
    try {
      return file.isEmpty() ? builtIn : builtIn.extendedBy(Path.of(file));
    } catch (InvalidPathException | InvalidFileException e) {
      addLines("SEEDANCE_SERVICE_WORDS", e.getMessage());
      return builtIn;
    }
  }

  private ModelCatalogue catalogue() {
    String file = value("SEEDANCE_MODELS", "");
    ModelCatalogue builtIn = ModelCatalogue.builtIn();
    try {
      return file.isEmpty() ? builtIn : builtIn.extendedBy(Path.of(file));
    } catch (InvalidPathException | InvalidFileException e) {
      addLines("SEEDANCE_MODELS", e.getMessage());
      return builtIn;
    }
  }
}
