package seedance.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.activities.generation.DownloadLimits;
import seedance.activities.generation.LookSchedule;
import seedance.activities.provider.Dialect;
import seedance.activities.provider.TaskPaths;

/** The settings of the activities by environment: the defaults, and every problem at once. */
class SeedanceConfigurationTest {
  private static final String KEY = "sk-a-secret-key-0123456789";

  @TempDir Path folder;

  @Test
  void keyAlone_isEnough() throws Exception {
    SeedanceConfiguration configuration = read(Map.of());

    assertThat(configuration.provider().dialect()).isEqualTo(Dialect.GATEWAY);
    assertThat(configuration.provider().baseUrl()).isEqualTo(URI.create("https://api.3hei.com"));
    assertThat(configuration.store().toString())
        .isEqualTo("FolderStore[" + Path.of("out").toAbsolutePath() + "]");
    assertThat(configuration.meters()).isSameAs(Metrics.globalRegistry);
    assertThat(configuration.toString()).doesNotContain(KEY);
  }

  @Test
  void blankValues_countAsAbsent() {
    Map<String, String> blank = new HashMap<>();
    SeedanceConfiguration.VARIABLES.forEach(name -> blank.put(name, "  "));
    blank.remove("SEEDANCE_API_KEY");

    assertThat(read(blank).provider()).isEqualTo(read(Map.of()).provider());
  }

  @Test
  void dialect_bringsItsBaseUrl_unlessOneIsGiven() {
    assertThat(read(Map.of("SEEDANCE_DIALECT", "Ark")).provider().baseUrl())
        .isEqualTo(URI.create("https://ark.cn-beijing.volces.com"));
    assertThat(
            read(Map.of("SEEDANCE_DIALECT", "ark", "SEEDANCE_BASE_URL", "http://localhost:8090"))
                .provider()
                .baseUrl())
        .isEqualTo(URI.create("http://localhost:8090"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://gateway.internal:8080",
        "HTTP://10.0.0.1/v1",
        "http://localhost.example",
        "http://127.0.0.1.example",
        "http://[::2]",
        "http://0.0.0.0:8090"
      })
  void plainHttp_isRefused_withItsCure_unlessItIsAllowed(String url) {
    assertThat(problems(Map.of("SEEDANCE_BASE_URL", url)))
        .singleElement()
        .asString()
        .startsWith("SEEDANCE_BASE_URL is plain http")
        .contains("https://", "SEEDANCE_ALLOW_HTTP=true")
        .doesNotContain(url);
    SeedanceConfiguration allowed =
        read(Map.of("SEEDANCE_BASE_URL", url, "SEEDANCE_ALLOW_HTTP", "true"));
    assertThat(allowed.provider().baseUrl()).isEqualTo(URI.create(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8090",
        "http://LocalHost",
        "http://127.0.0.1:8090/v1",
        "http://127.1.2.3",
        "http://[::1]:8090",
        "http://[0:0:0:0:0:0:0:1]",
        "https://gateway.internal"
      })
  void httpOnThisMachine_andHttps_needNoLeave(String url) {
    assertThat(read(Map.of("SEEDANCE_BASE_URL", url)).provider().baseUrl())
        .isEqualTo(URI.create(url));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "file://%s", "FILE://%s"})
  void store_isAFolderOrAFileUri(String form) {
    assertThat(read(Map.of("SEEDANCE_STORE", form.formatted(folder))).store().toString())
        .isEqualTo("FolderStore[" + folder + "]");
  }

  @Test
  void store_isABucket_whereItsLocationSaysSo() {
    assertThat(
            read(Map.of("SEEDANCE_STORE", "s3://clips/team?endpoint=https://minio.internal:9000"))
                .store())
        .hasToString("BucketStore[s3://clips/team/]");
    assertThat(
            read(Map.of(
                    "SEEDANCE_STORE", "s3://clips?endpoint=http://minio.internal:9000",
                    "SEEDANCE_ALLOW_HTTP", "true"))
                .store())
        .hasToString("BucketStore[s3://clips/]");
  }

  @Test
  void withoutTheBucketsLibrary_aFolderWorks_andABucketIsRefusedInWords() throws Exception {
    try (URLClassLoader host = withoutTheLibrary()) {
      assertThat(storeBy(host, folder.toString())).isEqualTo("FolderStore[" + folder + "]");
      assertThatThrownBy(() -> storeBy(host, "s3://clips"))
          .rootCause()
          .hasMessageContaining(
              "SEEDANCE_STORE is a bucket, and the library for it is not on the class path: add"
                  + " software.amazon.awssdk:s3 and software.amazon.awssdk:url-connection-client");
    }
  }

  private static URLClassLoader withoutTheLibrary() throws MalformedURLException {
    List<URL> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!entry.contains("awssdk")) {
        classPath.add(Path.of(entry).toUri().toURL());
      }
    }
    return new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private static String storeBy(ClassLoader host, String location) throws Exception {
    Class<?> type = host.loadClass(SeedanceConfiguration.class.getName());
    Object configuration =
        type.getMethod("fromEnvironment", Map.class)
            .invoke(null, Map.of("SEEDANCE_API_KEY", KEY, "SEEDANCE_STORE", location));
    return String.valueOf(type.getMethod("store").invoke(configuration));
  }

  @ParameterizedTest
  @CsvSource({"4GiB, 4294967296", "500 MiB, 524288000", "64KiB, 65536", "1000000, 1000000"})
  void largestFile_isANumberOfBytes_withAUnitOrWithout(String text, long bytes) {
    assertThat(read(Map.of("SEEDANCE_LARGEST_FILE", text)).downloads())
        .isEqualTo(DownloadLimits.DEFAULTS.withLargestFile(bytes));
    assertThat(read(Map.of()).downloads()).isEqualTo(DownloadLimits.DEFAULTS);
  }

  @Test
  void models_extendTheBuiltInOnes() throws Exception {
    Path models = folder.resolve("models.json");
    Files.writeString(models, "{\"models\":[]");

    assertThat(problems(Map.of("SEEDANCE_MODELS", models.toString())))
        .singleElement()
        .asString()
        .startsWith("SEEDANCE_MODELS: ")
        .contains("models.json");
    Files.writeString(models, "{\"models\":{\"a\":{\"lik\":\"b\"}}}");
    assertThat(problems(Map.of("SEEDANCE_MODELS", models.toString())))
        .hasSizeGreaterThan(1)
        .allMatch(problem -> problem.startsWith("SEEDANCE_MODELS: " + models + ":"));
    assertThat(problems(Map.of("SEEDANCE_MODELS", folder.resolve("none.json").toString())))
        .singleElement()
        .asString()
        .startsWith("SEEDANCE_MODELS: ");
  }

  @Test
  void serviceWords_extendTheBuiltInOnes_andAMistakeIsNamedWithItsLine() throws Exception {
    Path words = folder.resolve("words.json");
    Files.writeString(words, "{\n\"statuses\":\n[]}");

    assertThat(problems(Map.of("SEEDANCE_SERVICE_WORDS", words.toString())))
        .containsExactly(
            "SEEDANCE_SERVICE_WORDS: " + words + ":2:1: statuses: must be an object, not an array");

    Files.writeString(words, "{\"statuses\":{\"failed\":[\"rejected\"]}}");

    assertThat(read(Map.of("SEEDANCE_SERVICE_WORDS", words.toString())).provider().words())
        .isNotSameAs(read(Map.of()).provider().words());
  }

  @ParameterizedTest
  @CsvSource({
    "SEEDANCE_BASE_URL, ftp://host/",
    "SEEDANCE_BASE_URL, not a url",
    "SEEDANCE_BASE_URL, https://user:pass@host/",
    "SEEDANCE_BASE_URL, https://host/?key=hidden",
    "SEEDANCE_DIALECT, openai",
    "SEEDANCE_TASKS_PATH, https://host/tasks",
    "SEEDANCE_TASKS_PATH, /v1/../admin",
    "SEEDANCE_LOOK_PATH, /v2/{id}/{id}",
    "SEEDANCE_STORE, gs://bucket/clips",
    "SEEDANCE_STORE, s3:bucket",
    "SEEDANCE_STORE, s3://key:hidden@bucket",
    "SEEDANCE_STORE, s3://bucket?endpoint=http://minio.internal",
    "SEEDANCE_STORE, file:relative",
    "SEEDANCE_STORE_URL, https://cdn.example/clips?sig=hidden",
    "SEEDANCE_LARGEST_FILE, 4GB",
    "SEEDANCE_LARGEST_FILE, 0KiB",
    "SEEDANCE_LARGEST_FILE, -1",
    "SEEDANCE_LARGEST_FILE, 1e9",
    "SEEDANCE_API_KEY, two words"
  })
  void wrongValue_isNamed_andNotQuoted(String name, String value) {
    assertThat(problems(Map.of(name, value)))
        .singleElement()
        .asString()
        .startsWith(name + " ")
        .doesNotContain(value);
  }

  @Test
  void resellersPaths_areRead() {
    assertThat(
            read(Map.of(
                    "SEEDANCE_TASKS_PATH", "/v1/video/create",
                    "SEEDANCE_LOOK_PATH", "/v1/video/query?id={id}"))
                .provider()
                .paths())
        .isEqualTo(
            new TaskPaths(Optional.of("/v1/video/create"), Optional.of("/v1/video/query?id={id}")));
    assertThat(read(Map.of()).provider().paths()).isEqualTo(TaskPaths.OF_THE_DIALECT);
  }

  @Test
  void everyProblem_isNamedAtOnce() {
    InvalidSettingsException invalid =
        catchThrowableOfType(
            InvalidSettingsException.class,
            () ->
                SeedanceConfiguration.fromEnvironment(
                    Map.ofEntries(
                        Map.entry("SEEDANCE_DIALECT", "openai"),
                        Map.entry("SEEDANCE_BASE_URL", "nowhere"),
                        Map.entry("SEEDANCE_ALLOW_HTTP", "yes"),
                        Map.entry("SEEDANCE_TASKS_PATH", "tasks"),
                        Map.entry("SEEDANCE_LOOK_PATH", "/tasks"),
                        Map.entry("SEEDANCE_STORE", "gs://bucket"),
                        Map.entry("SEEDANCE_STORE_URL", "http://public.example"),
                        Map.entry("SEEDANCE_STORE_ACCESS", "everyone"),
                        Map.entry("SEEDANCE_LARGEST_FILE", "big"),
                        Map.entry("SEEDANCE_MODELS", "/no/such/file"),
                        Map.entry("SEEDANCE_SERVICE_WORDS", "/no/such/file"),
                        Map.entry("SEEDANCE_MARK_BY_SAFETY_IDENTIFIER", "yes"),
                        Map.entry("SEEDANCE_CALLBACK_URL", "http://public.example"))));

    assertThat(invalid.problems())
        .extracting(problem -> problem.split("[ :]")[0])
        .containsExactlyInAnyOrderElementsOf(SeedanceConfiguration.VARIABLES);
    assertThat(invalid.getMessage().lines()).hasSize(14);
  }

  @Test
  void copies_changeOneThing() {
    SeedanceConfiguration configuration = read(Map.of());
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    LookSchedule fast = LookSchedule.atSpeed(9);

    assertThat(
            configuration
                .withMeters(registry)
                .withSchedule(fast)
                .withMarkBySafetyIdentifier(true)
                .withCallbackUrl(URI.create("https://me.example/s")))
        .isEqualTo(
            new SeedanceConfiguration(
                configuration.provider(),
                configuration.store(),
                configuration.catalogue(),
                fast,
                true,
                Optional.of(URI.create("https://me.example/s")),
                configuration.downloads(),
                registry));
  }

  @Test
  void markingAndCallbacks_areOff_unlessSwitchedOn() {
    assertThat(read(Map.of()).markBySafetyIdentifier()).isFalse();
    assertThat(read(Map.of()).callbackUrl()).isEmpty();

    SeedanceConfiguration on =
        read(
            Map.of(
                "SEEDANCE_MARK_BY_SAFETY_IDENTIFIER", "true",
                "SEEDANCE_CALLBACK_URL", "https://me.example:8443/seedance"));
    assertThat(on.markBySafetyIdentifier()).isTrue();
    assertThat(on.callbackUrl()).contains(URI.create("https://me.example:8443/seedance"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:8080", "http://127.0.0.1/x", "http://[::1]:9"})
  void callbackUrl_mayBeHttp_onThisMachine(String url) {
    assertThat(read(Map.of("SEEDANCE_CALLBACK_URL", url)).callbackUrl()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "me.example",
        "http://me.example",
        "http://127.0.0.1.example",
        "ftp://me.example",
        "https://user:pass@me.example",
        "https://me.example?x=1",
        "https://me.example#x",
        "https:///x",
        "https://me example"
      })
  void callbackUrl_thatTheServiceCouldNotReachSafely_isAProblem(String url) {
    assertThat(problems(Map.of("SEEDANCE_CALLBACK_URL", url)))
        .singleElement()
        .asString()
        .startsWith("SEEDANCE_CALLBACK_URL is no URL");
  }

  private static SeedanceConfiguration read(Map<String, String> environment) {
    Map<String, String> withKey = new HashMap<>(environment);
    withKey.putIfAbsent("SEEDANCE_API_KEY", KEY);
    return SeedanceConfiguration.fromEnvironment(withKey);
  }

  private static List<String> problems(Map<String, String> environment) {
    return catchThrowableOfType(InvalidSettingsException.class, () -> read(environment)).problems();
  }
}
