package seedance.activities;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import seedance.activities.generation.ByteSize;
import seedance.activities.generation.DownloadLimits;
import seedance.activities.provider.Dialect;
import seedance.activities.provider.ProviderSettings;
import seedance.activities.provider.Secret;
import seedance.activities.provider.ServiceWords;
import seedance.activities.provider.TaskPaths;
import seedance.activities.store.FolderStore;
import seedance.activities.store.PublicUrl;
import seedance.activities.store.StoreAccess;
import seedance.workflows.request.ModelCatalogue;

/**
 * Reads the parts of a {@link SeedanceConfiguration} from an environment, and all that is wrong
 * with them. What is returned means nothing where a problem was found.
 */
final class ConfigurationReader {
  private static final String DEFAULT_STORE = "out";

  /** Stands in for a key that is wrong while the other settings are checked; never used. */
  private static final Secret NO_KEY = Secret.of("none");

  private final SettingsReader settings;

  ConfigurationReader(SettingsReader settings) {
    this.settings = settings;
  }

  ProviderSettings provider() {
    Dialect dialect =
        settings.oneOf("SEEDANCE_DIALECT", Dialect.GATEWAY, "is neither \"gateway\" nor \"ark\"");
    Secret key = apiKey();
    TaskPaths paths = paths();
    ServiceWords words =
        settings.file(
            "SEEDANCE_SERVICE_WORDS", ServiceWords.builtIn(), ServiceWords.builtIn()::extendedBy);
    ProviderSettings usual = ProviderSettings.of(dialect, key);
    URI own = usual.baseUrl();
    ProviderSettings provider =
        settings
            .value(
                "SEEDANCE_BASE_URL",
                url -> new ProviderSettings(URI.create(url), dialect, key, paths, words),
                PublicUrl.FAULT)
            .orElseGet(() -> new ProviderSettings(own, dialect, key, paths, words));
    if (!settings.flag("SEEDANCE_ALLOW_HTTP") && provider.isUnencrypted()) {
      settings.problem(
          "SEEDANCE_BASE_URL is plain http, which shows the key and the prompts to whoever is on"
              + " the way: write https://, or set SEEDANCE_ALLOW_HTTP=true where that way is all"
              + " your own");
    }
    return provider;
  }

  private Secret apiKey() {
    if (!settings.isSet("SEEDANCE_API_KEY")) {
      settings.problem("SEEDANCE_API_KEY is missing: the key of the service's account");
    }
    return settings
        .value("SEEDANCE_API_KEY", Secret::of, IllegalArgumentException::getMessage)
        .orElse(NO_KEY);
  }

  private TaskPaths paths() {
    TaskPaths tasks =
        path("SEEDANCE_TASKS_PATH", TaskPaths.OF_THE_DIALECT::withTasks)
            .orElse(TaskPaths.OF_THE_DIALECT);
    return path("SEEDANCE_LOOK_PATH", tasks::withLook).orElse(tasks);
  }

  private Optional<TaskPaths> path(String name, Function<String, TaskPaths> reader) {
    return settings.value(name, reader, e -> "is wrong: " + e.getMessage());
  }

  FolderStore store() {
    Path folder =
        settings
            .value(
                "SEEDANCE_STORE",
                ConfigurationReader::folder,
                "is neither a folder nor a file: URI")
            .orElse(Path.of(DEFAULT_STORE));
    return new FolderStore(
        folder,
        settings.value("SEEDANCE_STORE_URL", PublicUrl::of, PublicUrl.FAULT),
        settings.oneOf(
            "SEEDANCE_STORE_ACCESS", StoreAccess.OWNER, "is neither \"owner\" nor \"umask\""));
  }

  private static Path folder(String text) {
    if (text.regionMatches(true, 0, "file:", 0, 5)) {
      return Path.of(URI.create(text));
    }
    if (text.contains("://")) {
      throw new IllegalArgumentException("another URL");
    }
    return Path.of(text);
  }

  boolean markBySafetyIdentifier() {
    return settings.flag("SEEDANCE_MARK_BY_SAFETY_IDENTIFIER");
  }

  Optional<URI> callbackUrl() {
    return settings.value("SEEDANCE_CALLBACK_URL", PublicUrl::of, PublicUrl.FAULT);
  }

  DownloadLimits downloads() {
    return settings
        .value(
            "SEEDANCE_LARGEST_FILE",
            text ->
                ByteSize.read(text)
                    .filter(size -> size > 0)
                    .orElseThrow(IllegalArgumentException::new),
            "is no size of the form 4GiB, 500MiB or 1000000")
        .map(DownloadLimits.DEFAULTS::withLargestFile)
        .orElse(DownloadLimits.DEFAULTS);
  }

  ModelCatalogue models() {
    return settings.file(
        "SEEDANCE_MODELS", ModelCatalogue.builtIn(), ModelCatalogue.builtIn()::extendedBy);
  }
}
