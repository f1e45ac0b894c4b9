package seedance.worker.dev;

import java.util.Map;

/** On the SDK's in-memory server, which needs nothing installed. */
class EndToEndInMemoryTest extends EndToEndTest {
  @Override
  Map<String, String> environment() {
    return Map.of();
  }
}
