package seedance.worker.dev;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On the real dev server; one for the whole class, as each takes a second to start. */
class EndToEndDevServerTest extends EndToEndTest {
  private static TemporalServer server;

  @BeforeAll
  static void startServer() throws Exception {
    server = TemporalServer.devServer(Tools.temporal());
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  Map<String, String> environment() {
    return Map.of("TEMPORAL_ADDRESS", server.address());
  }
}
