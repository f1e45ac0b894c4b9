package seedance.worker.dev;

import java.util.Map;

/** On the SDK's in-memory server, which needs nothing installed. */
class ChainEndToEndInMemoryTest extends ChainEndToEndTest {
  @Override
  Map<String, String> environment() {
    return Map.of();
  }
}
