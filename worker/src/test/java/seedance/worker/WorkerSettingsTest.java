package seedance.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.activities.InvalidSettingsException;
import seedance.activities.provider.Dialect;

class WorkerSettingsTest {
  private static final String KEY = "ark-0123456789abcdef-secret";

  @Test
  void keyAlone_givesEveryDefault() {
    WorkerSettings settings = WorkerSettings.fromEnvironment(Map.of("SEEDANCE_API_KEY", KEY));

    assertThat(settings.seedance().provider().dialect()).isEqualTo(Dialect.GATEWAY);
    assertThat(settings.seedance().provider().baseUrl())
        .isEqualTo(URI.create("https://api.3hei.com"));
    assertThat(settings.seedance().store().toString()).endsWith("/out]");
    assertThat(settings.taskQueue()).isEqualTo("seedance");
    assertThat(settings.metricsPort()).isEmpty();
    assertThat(settings.metricsAddress()).isEmpty();
    assertThat(settings.callbackPort()).isEmpty();
    assertThat(settings.temporal().address()).isEqualTo("127.0.0.1:7233");
    assertThat(settings.temporal().client().getNamespace()).isIn(null, "default");
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc_meta", "tls"})
  void valueOfTheWrongType_inTemporalsFile_isNamed_withoutWhatItSays(
      String name, @TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("temporal.toml"),
            "[profile.default]\n%s = \"Bearer %s\"\n".formatted(name, KEY));
    Map<String, String> environment =
        Map.of("SEEDANCE_API_KEY", KEY, "TEMPORAL_CONFIG_FILE", file.toString());

    assertThatThrownBy(() -> WorkerSettings.fromEnvironment(environment))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("profile.default." + name)
        .hasMessageNotContaining(KEY);
  }

  @Test
  void everyVariable_isRead(@TempDir Path folder) throws Exception {
    Path models = Files.writeString(folder.resolve("models.json"), "{\"models\":{}}");
    Map<String, String> environment = new HashMap<>();
    environment.put("SEEDANCE_API_KEY", KEY);
    environment.put("SEEDANCE_DIALECT", "ark");
    environment.put("SEEDANCE_BASE_URL", "https://ark.ap-southeast.bytepluses.com");
    environment.put("SEEDANCE_STORE", folder.resolve("clips").toUri().toString());
    environment.put("SEEDANCE_MODELS", models.toString());
    environment.put("SEEDANCE_TASK_QUEUE", "films");
    environment.put("SEEDANCE_METRICS_PORT", "9464");
    environment.put("SEEDANCE_METRICS_ADDRESS", "127.0.0.1");
    environment.put("SEEDANCE_CALLBACK_ADDRESS", "127.0.0.1");
    environment.put("SEEDANCE_CALLBACK_PORT", "8443");
    environment.put("SEEDANCE_CALLBACK_URL", "https://me.example/seedance");
    environment.put("TEMPORAL_ADDRESS", "temporal.example:7233");
    environment.put("TEMPORAL_NAMESPACE", "studio");

    WorkerSettings settings = WorkerSettings.fromEnvironment(environment);

    assertThat(settings.seedance().provider().dialect()).isEqualTo(Dialect.ARK);
    assertThat(settings.seedance().provider().baseUrl())
        .isEqualTo(URI.create("https://ark.ap-southeast.bytepluses.com"));
    assertThat(settings.seedance().store().toString())
        .isEqualTo("FolderStore[" + folder.resolve("clips") + "]");
    assertThat(settings.taskQueue()).isEqualTo("films");
    assertThat(settings.metricsPort()).isEqualTo(OptionalInt.of(9464));
    assertThat(settings.metricsAddress()).contains(InetAddress.getByName("127.0.0.1"));
    assertThat(settings.callbackAddress()).contains(InetAddress.getByName("127.0.0.1"));
    assertThat(settings.callbackPort()).isEqualTo(OptionalInt.of(8443));
    assertThat(settings.seedance().callbackUrl())
        .contains(URI.create("https://me.example/seedance"));
    assertThat(settings.temporal().address()).isEqualTo("temporal.example:7233");
    assertThat(settings.temporal().client().getNamespace()).isEqualTo("studio");
    assertThat(settings.toString()).doesNotContain(KEY);
  }

  @Test
  void everyProblem_isNamedAtOnce_andNoSecretIsShown(@TempDir Path folder) throws Exception {
    Path models = Files.writeString(folder.resolve("models.json"), "{\n  \"models\": {\n  ]}");
    Map<String, String> environment = new HashMap<>();
    environment.put("SEEDANCE_API_KEY", KEY + "\n" + KEY);
    environment.put("SEEDANCE_DIALECT", "arc");
    environment.put("SEEDANCE_BASE_URL", "https://user:" + KEY + "@host");
    environment.put("SEEDANCE_STORE", "gs://bucket");
    environment.put("SEEDANCE_MODELS", models.toString());
    environment.put("SEEDANCE_METRICS_PORT", "99999");
    environment.put("SEEDANCE_TASKQUEUE", "films");

    InvalidSettingsException invalid =
        catchThrowableOfType(
            InvalidSettingsException.class, () -> WorkerSettings.fromEnvironment(environment));

    assertThat(invalid.problems()).hasSize(7);
    assertThat(invalid)
        .hasMessageContaining("SEEDANCE_TASKQUEUE is no setting of ours")
        .hasMessageContaining("did you mean \"SEEDANCE_TASK_QUEUE\"?")
        .hasMessageContaining("SEEDANCE_API_KEY")
        .hasMessageContaining("SEEDANCE_DIALECT is neither")
        .hasMessageContaining("SEEDANCE_BASE_URL is no URL")
        .hasMessageContaining("SEEDANCE_STORE is no folder")
        .hasMessageContaining("models.json:3:")
        .hasMessageContaining("SEEDANCE_METRICS_PORT is no port")
        .message()
        .doesNotContain(KEY);
  }

  @ParameterizedTest
  @CsvSource({"SEEDANCE_CALLBACK_URL, https://me.example", "SEEDANCE_CALLBACK_PORT, 8443"})
  void callbackUrlAndPort_needEachOther(String variable, String value) {
    assertThatThrownBy(
            () -> WorkerSettings.fromEnvironment(Map.of("SEEDANCE_API_KEY", KEY, variable, value)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("SEEDANCE_CALLBACK_URL and SEEDANCE_CALLBACK_PORT go together");
  }

  @ParameterizedTest
  @CsvSource({"::1, ::1", "0.0.0.0, 0.0.0.0", "localhost, 127.0.0.1"})
  void metricsAddress_isOneOfTheMachine(String value, String address) throws Exception {
    assertThat(
            WorkerSettings.fromEnvironment(
                    Map.of(
                        "SEEDANCE_API_KEY",
                        KEY,
                        "SEEDANCE_METRICS_PORT",
                        "9464",
                        "SEEDANCE_METRICS_ADDRESS",
                        value))
                .metricsAddress())
        .contains(InetAddress.getByName(address));
  }

  @Test
  void callbackAddress_isNothingWithoutAPort() {
    assertThatThrownBy(
            () ->
                WorkerSettings.fromEnvironment(
                    Map.of("SEEDANCE_API_KEY", KEY, "SEEDANCE_CALLBACK_ADDRESS", "127.0.0.1")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "SEEDANCE_CALLBACK_ADDRESS is nothing without SEEDANCE_CALLBACK_PORT");
  }

  @Test
  void metricsAddress_isNothingWithoutAPort() {
    assertThatThrownBy(
            () ->
                WorkerSettings.fromEnvironment(
                    Map.of("SEEDANCE_API_KEY", KEY, "SEEDANCE_METRICS_ADDRESS", "127.0.0.1")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("SEEDANCE_METRICS_ADDRESS is nothing without SEEDANCE_METRICS_PORT");
  }

  @Test
  void noKey_isNamed() {
    assertThatThrownBy(() -> WorkerSettings.fromEnvironment(Map.of()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("SEEDANCE_API_KEY is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "SEEDANCE_BASE_URL, ftp://host",
    "SEEDANCE_BASE_URL, host:8080",
    "SEEDANCE_BASE_URL, 'https://host/?a=b'",
    "SEEDANCE_METRICS_PORT, -1",
    "SEEDANCE_METRICS_PORT, http",
    "SEEDANCE_METRICS_ADDRESS, worker.example",
    "SEEDANCE_METRICS_ADDRESS, 127.0.0.1:9464",
    "SEEDANCE_METRICS_ADDRESS, 127.1",
    "SEEDANCE_MODELS, /no/such/file.json"
  })
  void valueThatCannotWork_isNamed(String variable, String value) {
    assertThatThrownBy(
            () -> WorkerSettings.fromEnvironment(Map.of("SEEDANCE_API_KEY", KEY, variable, value)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(variable);
  }
}
