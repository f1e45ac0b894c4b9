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
import seedance.activities.store.ArtifactStore;
import seedance.activities.store.FolderStore;
import seedance.activities.store.PublicUrl;
import seedance.activities.store.StoreAccess;
import seedance.activities.store.s3.BucketStore;
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

  ArtifactStore store() {
    Optional<URI> publicBase = settings.value("SEEDANCE_STORE_URL", PublicUrl::of, PublicUrl.FAULT);
    StoreAccess access =
        settings.oneOf(
            "SEEDANCE_STORE_ACCESS", StoreAccess.OWNER, "is neither \"owner\" nor \"umask\"");
    return settings
        .value(
            "SEEDANCE_STORE",
            text -> storeAt(text, publicBase, access),
            IllegalArgumentException::getMessage)
        .orElseGet(() -> new FolderStore(Path.of(DEFAULT_STORE), publicBase, access));
  }

  private ArtifactStore storeAt(String text, Optional<URI> publicBase, StoreAccess access) {
    return text.regionMatches(true, 0, "s3:", 0, 3)
        ? bucketAt(text, publicBase)
        : new FolderStore(folder(text), publicBase, access);
  }

  private ArtifactStore bucketAt(String text, Optional<URI> publicBase) {
    try {
      if (BucketStore.isUnencrypted(text) && !settings.flag("SEEDANCE_ALLOW_HTTP")) {
        throw new IllegalArgumentException(
            "has an endpoint in plain http, which shows clips and prompts to whoever is on the"
                + " way: write https://, or set SEEDANCE_ALLOW_HTTP=true where that way is all"
                + " your own");
      }
      return BucketStore.at(text, publicBase);
    } catch (NoClassDefFoundError absent) {
      throw new IllegalArgumentException(
          "is a bucket, and the library for it is not on the class path: add"
              + " software.amazon.awssdk:s3 and software.amazon.awssdk:url-connection-client");
    }
  }

  private static Path folder(String text) {
    boolean isFile = text.regionMatches(true, 0, "file:", 0, 5);
    try {
      if (isFile || !text.contains("://")) {
        return isFile ? Path.of(URI.create(text)) : Path.of(text);
      }
    } catch (IllegalArgumentException noPath) {
      // Its message would quote the setting.
    }
    throw new IllegalArgumentException("is no folder, no file: URI and no s3://BUCKET/PREFIX");
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
