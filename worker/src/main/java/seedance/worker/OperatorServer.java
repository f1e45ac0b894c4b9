package seedance.worker;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What a machine asks of the worker: {@code /metrics}, {@code /health/live}, {@code /health/ready}.
 */
final class OperatorServer implements AutoCloseable {
  /** Kubernetes gives a probe one second by default. */
  static final Duration LONGEST_CHECK = Duration.ofMillis(700);

  /** A body says nothing here; clients that send one all the same may be answered. */
  static final PortLimits LIMITS = new PortLimits(64, 1024, Duration.ofSeconds(10));

  private static final String THREADS = "seedance-operator-server";
  private static final String METHODS = "GET, HEAD";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final Supplier<List<String>> notReadyBecause;
  private final ExecutorService scrapes = BoundedThreads.named(THREADS, 1, LIMITS.connections());
  private final ExecutorService checks = BoundedThreads.named(THREADS, 1, 1);
  private final BoundedPort port;
  private CompletableFuture<List<String>> check = CompletableFuture.completedFuture(List.of());

  private OperatorServer(
      InetSocketAddress address,
      PortLimits limits,
      PrometheusMeterRegistry registry,
      Supplier<List<String>> notReadyBecause)
      throws IOException {
    this.registry = registry;
    this.notReadyBecause = notReadyBecause;
    this.port = BoundedPort.listen(address, THREADS, limits, this::answer);
  }

  /**
   * @param address port 0 for any free one
   * @throws IOException when the address cannot be listened on
   */
  static OperatorServer start(
      InetSocketAddress address,
      PortLimits limits,
      PrometheusMeterRegistry registry,
      Supplier<List<String>> notReadyBecause)
      throws IOException {
    return new OperatorServer(address, limits, registry, notReadyBecause);
  }

  int port() {
    return port.port();
  }

  @Override
  public void close() {
    port.close();
    scrapes.shutdownNow();
    checks.shutdownNow();
  }

  private CompletionStage<HttpAnswer> answer(HttpCall call) {
    boolean isThere =
        switch (call.path()) {
          case "/metrics", "/health/live", "/health/ready" -> true;
          default -> false;
        };
    if (!isThere) {
      return CompletableFuture.completedFuture(HttpAnswer.of(404));
    }
    if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
      return CompletableFuture.completedFuture(HttpAnswer.wrongMethod(METHODS));
    }
    return switch (call.path()) {
      case "/metrics" -> metrics();
      case "/health/ready" -> ready();
      default -> CompletableFuture.completedFuture(HttpAnswer.text(200, TEXT, "live\n"));
    };
  }

  private CompletionStage<HttpAnswer> metrics() {
    try {
      return CompletableFuture.supplyAsync(
          () -> HttpAnswer.text(200, PROMETHEUS, registry.scrape()), scrapes);
    } catch (RejectedExecutionException full) {
      return CompletableFuture.completedFuture(HttpAnswer.of(503));
    }
  }

  /** A check that hangs, on a dead server or a dead file system, is itself a reason. */
  private CompletionStage<HttpAnswer> ready() {
    return underWay()
        .handle((reasons, failure) -> failure == null ? reasons : List.of(inWords(failure)))
        .completeOnTimeout(
            List.of("the Temporal server or the store has not answered yet"),
            LONGEST_CHECK.toMillis(),
            TimeUnit.MILLISECONDS)
        .thenApply(
            reasons ->
                reasons.isEmpty()
                    ? HttpAnswer.text(200, TEXT, "ready\n")
                    : HttpAnswer.text(503, TEXT, String.join("\n", reasons) + "\n"));
  }

  private static String inWords(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException
            ? Objects.requireNonNullElse(failure.getCause(), failure)
            : failure;
    return "the check failed: " + cause.getClass().getSimpleName();
  }

  /** One check at a time, however many ask. */
  private synchronized CompletableFuture<List<String>> underWay() {
    if (check.isDone()) {
      check = CompletableFuture.supplyAsync(notReadyBecause, checks);
    }
    return check;
  }
}
