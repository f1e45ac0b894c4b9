package seedance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(300)
class OperatorServerTest {
  /** What Kubernetes gives a probe by default. */
  private static final Duration PROBE = Duration.ofSeconds(1);

  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void hangingServerOrStore_makesTheWorkerNotReady_withinAProbe_andLeavesItAlive()
      throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    AtomicInteger checks = new AtomicInteger();
    try (OperatorServer server =
        OperatorServer.start(
            ANY_PORT,
            OperatorServer.LIMITS,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            () -> {
              checks.incrementAndGet();
              try {
                hanging.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return List.of();
            })) {
      List<CompletableFuture<HttpResponse<String>>> probes =
          Stream.generate(() -> get(server, "/health/ready")).limit(5).toList();

      HttpResponse<String> live =
          get(server, "/health/live").get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

      assertThat(live.statusCode()).isEqualTo(200);
      for (CompletableFuture<HttpResponse<String>> probe : probes) {
        assertThat(probe.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).statusCode()).isEqualTo(503);
      }
      assertThat(checks).hasValue(1);
      // How soon is a question of what it waits for; the machine may be busy.
      assertThat(OperatorServer.LONGEST_CHECK).isLessThan(PROBE.minusMillis(200));
    } finally {
      hanging.countDown();
    }
  }

  @Test
  void halfRequests_keepNoProbeOut() throws Exception {
    PortLimits patient = new PortLimits(8, 1024, Duration.ofDays(1));
    List<RawConnection> held = new ArrayList<>();
    try (OperatorServer server = serve(patient)) {
      for (int i = 0; i < 40; i++) {
        held.add(RawConnection.to(server.port(), "GET /metrics HTTP/1.1\r\nHost: x\r\n"));
      }

      assertThat(status(server, "GET", "/health/live")).isEqualTo(200);
      assertThat(status(server, "GET", "/health/ready")).isEqualTo(200);
      assertThat(status(server, "GET", "/metrics")).isEqualTo(200);
      assertThat(held.get(0).answer()).isEmpty();
    } finally {
      for (RawConnection connection : held) {
        connection.close();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /metricsx, 404",
    "GET, /metrics/, 404",
    "GET, /metrics/x, 404",
    "GET, /Metrics, 404",
    "GET, /, 404",
    "GET, /health, 404",
    "GET, /health/livex, 404",
    "GET, /health/ready/y, 404",
    "POST, /metricsx, 404",
    "POST, /metrics, 405",
    "DELETE, /health/live, 405",
    "PUT, /health/ready, 405",
    "GET, /metrics?name=x, 200",
    "HEAD, /metrics, 200",
    "HEAD, /health/live, 200"
  })
  void onlyWhatIsThere_isAnswered_toWhoReads(String method, String path, int status)
      throws Exception {
    try (OperatorServer server = serve(OperatorServer.LIMITS)) {
      assertThat(status(server, method, path)).isEqualTo(status);
    }
  }

  private static OperatorServer serve(PortLimits limits) throws Exception {
    return OperatorServer.start(
        ANY_PORT, limits, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), List::of);
  }

  private static int status(OperatorServer server, String method, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(PATIENCE)
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static CompletableFuture<HttpResponse<String>> get(OperatorServer server, String path) {
    return HttpClient.newHttpClient()
        .sendAsync(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(PATIENCE)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
