package seedance.worker.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TemporalServerTest {
  @Test
  void aPortThatIsTakenMeanwhile_isGivenUpForAnother() throws Exception {
    try (ServerSocket faster = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int taken = faster.getLocalPort();
      List<Integer> tried = new ArrayList<>();

      try (TemporalServer server =
          TemporalServer.startedOn(
              taken,
              port -> {
                tried.add(port);
                return TemporalServer.inMemoryOn(port);
              })) {
        assertThat(tried).hasSize(2).startsWith(taken);
        assertThat(server.address()).isEqualTo("127.0.0.1:" + tried.get(1));
      }
    }
  }
}
