package seedance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What anyone on the internet gets for an answer, and what of it comes through. */
@Timeout(300)
class CallbackServerTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final String KNOWN = "/callbacks/known";
  private static final byte[] BODY = "{\"id\":\"cgt-1\"}".getBytes(StandardCharsets.UTF_8);

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  @Test
  void callback_comesThrough_toWhoTakesItsUrl() throws Exception {
    try (CallbackServer server = serve()) {
      assertThat(send(server, "POST", KNOWN + "?a=b", BODY).statusCode()).isEqualTo(200);
      assertThat(received.poll(60, TimeUnit.SECONDS)).isEqualTo("{\"id\":\"cgt-1\"}");
    }
  }

  @Test
  void halfRequests_keepNoTrueCallbackOut() throws Exception {
    PortLimits patient = new PortLimits(8, 64 * 1024, Duration.ofDays(1));
    List<RawConnection> held = new ArrayList<>();
    try (CallbackServer server = CallbackServer.start(ANY_PORT, patient, takers())) {
      for (int i = 0; i < 40; i++) {
        held.add(
            RawConnection.to(
                server.port(),
                "POST /callbacks/x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{"));
      }

      assertThat(send(server, "POST", KNOWN, BODY).statusCode()).isEqualTo(200);
      assertThat(received.poll(60, TimeUnit.SECONDS)).isNotNull();
      assertThat(held.get(0).answer()).isEmpty();
    } finally {
      for (RawConnection connection : held) {
        connection.close();
      }
    }
  }

  @Test
  void answer_doesNotWait_forWhatIsDoneAboutIt() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    try (CallbackServer server =
        CallbackServer.start(
            ANY_PORT,
            CallbackServer.LIMITS,
            path ->
                Optional.of(
                    body -> {
                      try {
                        hanging.await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                    }))) {
      for (int i = 0; i < 600; i++) {
        assertThat(send(server, "POST", KNOWN, BODY).statusCode()).isEqualTo(200);
      }
    } finally {
      hanging.countDown();
    }
  }

  @Test
  void storeThatHangs_holdsUpTheCallsThatNeedIt_andNoOthers() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    List<RawConnection> waiting = new ArrayList<>();
    try (CallbackServer server =
        CallbackServer.start(
            ANY_PORT,
            CallbackServer.LIMITS,
            path -> {
              try {
                hanging.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return Optional.empty();
            })) {
      for (int i = 0; i < 3; i++) {
        waiting.add(
            RawConnection.to(
                server.port(), "POST " + KNOWN + " HTTP/1.1\r\nContent-Length: 0\r\n\r\n"));
      }
      assertThat(send(server, "GET", KNOWN, BODY).statusCode()).isEqualTo(405);

      hanging.countDown();
      for (RawConnection connection : waiting) {
        assertThat(connection.answer()).startsWith("HTTP/1.1 404");
      }
    } finally {
      hanging.countDown();
      for (RawConnection connection : waiting) {
        connection.close();
      }
    }
  }

  @Test
  void hugeBody_isRefused() throws Exception {
    try (CallbackServer server = serve();
        RawConnection huge =
            RawConnection.to(
                server.port(),
                "POST " + KNOWN + " HTTP/1.0\r\nContent-Length: " + (64 * 1024 + 1) + "\r\n\r\n")) {
      assertThat(huge.answer()).startsWith("HTTP/1.1 413");
      assertThat(received).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /callbacks/known, 405",
    "PUT, /callbacks/known, 405",
    "DELETE, /metrics, 405",
    "POST, /, 404",
    "POST, /callbacks/unknown, 404",
    "POST, /callbacks/knownx, 404",
    "POST, /callbacks/known/, 404",
    "POST, /callbacks/%6bnown, 404",
    "POST, /metrics, 404"
  })
  void anythingElse_isRefused(String method, String path, int status) throws Exception {
    try (CallbackServer server = serve()) {
      assertThat(send(server, method, path, BODY).statusCode()).isEqualTo(status);
      assertThat(received).isEmpty();
    }
  }

  private CallbackServer serve() throws Exception {
    return CallbackServer.start(ANY_PORT, CallbackServer.LIMITS, takers());
  }

  private Function<String, Optional<Consumer<byte[]>>> takers() {
    return path ->
        path.equals(KNOWN)
            ? Optional.of(body -> received.add(new String(body, StandardCharsets.UTF_8)))
            : Optional.empty();
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
