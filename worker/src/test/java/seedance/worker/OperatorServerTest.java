package seedance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class OperatorServerTest {
  /** What Kubernetes gives a probe by default. */
  private static final Duration PROBE = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void hangingServerOrStore_makesTheWorkerNotReady_withinAProbe_andLeavesItAlive()
      throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    AtomicInteger checks = new AtomicInteger();
    try (OperatorServer server =
        OperatorServer.start(
            0,
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

  private static CompletableFuture<HttpResponse<String>> get(OperatorServer server, String path) {
    return HttpClient.newHttpClient()
        .sendAsync(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(PATIENCE)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
