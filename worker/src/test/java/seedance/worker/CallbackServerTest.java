package seedance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What anyone on the internet gets for an answer, and what of it comes through. */
@Timeout(300)
class CallbackServerTest {
  private static final String ID = "0e9bd6c2-6d3e-4a3c-9a40-7f4a1de3d0f1";
  private static final byte[] BODY = "{\"id\":\"cgt-1\"}".getBytes(StandardCharsets.UTF_8);

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  @ParameterizedTest
  @ValueSource(strings = {"/callbacks/", "/seedance/callbacks/"})
  void callback_comesThrough_underAnyPathOfAProxy(String path) throws Exception {
    try (CallbackServer server = serve()) {
      assertThat(send(server, "POST", path + ID, BODY).statusCode()).isEqualTo(200);
      assertThat(received.poll(60, TimeUnit.SECONDS)).isEqualTo(ID + " {\"id\":\"cgt-1\"}");
    }
  }

  @Test
  void answer_doesNotWait_forWhatIsDoneAboutIt() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    try (CallbackServer server =
        CallbackServer.start(
            0,
            (id, body) -> {
              try {
                hanging.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            })) {
      for (int i = 0; i < 600; i++) {
        assertThat(send(server, "POST", "/callbacks/" + ID, BODY).statusCode()).isEqualTo(200);
      }
    } finally {
      hanging.countDown();
    }
  }

  @Test
  void hugeBody_isAnsweredAlike_andIgnored() throws Exception {
    try (CallbackServer server = serve()) {
      send(server, "POST", "/callbacks/" + ID, new byte[64 * 1024 + 1]);
      send(server, "POST", "/callbacks/after", BODY);

      assertThat(received.poll(60, TimeUnit.SECONDS)).startsWith("after ");
      assertThat(received).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /callbacks/x, 405",
    "POST, /, 404",
    "POST, /callbacks/, 404",
    "POST, /callbacks/a/b, 404",
    "POST, /callbacks/%2e%2e%2fopen, 404",
    "POST, /metrics, 404"
  })
  void anythingElse_isRefused(String method, String path, int status) throws Exception {
    try (CallbackServer server = serve()) {
      assertThat(send(server, method, path, BODY).statusCode()).isEqualTo(status);
      assertThat(received).isEmpty();
    }
  }

  private CallbackServer serve() throws Exception {
    return CallbackServer.start(
        0, (id, body) -> received.add(id + " " + new String(body, StandardCharsets.UTF_8)));
  }

  private HttpResponse<String> send(CallbackServer server, String method, String path, byte[] body)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
