package seedance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.temporal.testing.TestWorkflowEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.activities.SeedanceConfiguration;
import seedance.activities.SeedanceModule;

/** That a start which shows the key to a network says so, and no other does. */
class PlainHttpTest {
  @TempDir Path store;

  @Test
  void startByPlainHttp_saysWhatThatMeans() {
    assertThat(warnings("http://gateway.internal:8080"))
        .singleElement()
        .asString()
        .contains("plain http", "key", "prompts")
        .doesNotContain("gateway.internal");
  }

  @Test
  void startByHttps_orOnThisMachine_saysNothing() {
    assertThat(warnings("https://gateway.internal:8080")).isEmpty();
    assertThat(warnings("http://127.0.0.1:8080")).isEmpty();
  }

  private List<String> warnings(String baseUrl) {
    SeedanceConfiguration configuration =
        SeedanceConfiguration.fromEnvironment(
            Map.of(
                "SEEDANCE_API_KEY",
                "key-0123456789ab",
                "SEEDANCE_BASE_URL",
                baseUrl,
                "SEEDANCE_ALLOW_HTTP",
                "true",
                "SEEDANCE_STORE",
                store.toString()));
    Logger logger = RealLogger.of(SeedanceModule.class.getName());
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try (TestWorkflowEnvironment server = TestWorkflowEnvironment.newInstance()) {
      SeedanceModule.registerOn(server.newWorker("q"), configuration).close();
    } finally {
      logger.detachAppender(log);
    }
    return log.list.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
