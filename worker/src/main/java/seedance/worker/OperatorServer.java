package seedance.worker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What a machine asks of the worker: {@code /metrics}, {@code /health/live}, {@code /health/ready}.
 */
final class OperatorServer implements AutoCloseable {
  /** Kubernetes gives a probe one second by default. */
  static final Duration LONGEST_CHECK = Duration.ofMillis(700);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(OperatorServer::daemon);
  private final ExecutorService checks = Executors.newSingleThreadExecutor(OperatorServer::daemon);
  private Future<List<String>> check = CompletableFuture.completedFuture(List.of());

  private OperatorServer(
      HttpServer server, PrometheusMeterRegistry registry, Supplier<List<String>> notReadyBecause) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext(
        "/metrics",
        exchange ->
            answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", registry.scrape()));
    server.createContext(
        "/health/live", exchange -> answer(exchange, 200, "text/plain; charset=utf-8", "live\n"));
    server.createContext(
        "/health/ready",
        exchange -> {
          List<String> reasons = inTime(notReadyBecause);
          answer(
              exchange,
              reasons.isEmpty() ? 200 : 503,
              "text/plain; charset=utf-8",
              reasons.isEmpty() ? "ready\n" : String.join("\n", reasons) + "\n");
        });
  }

  /**
   * @param port 0 for any free one
   * @throws IOException when the port is taken
   */
  static OperatorServer start(
      int port, PrometheusMeterRegistry registry, Supplier<List<String>> notReadyBecause)
      throws IOException {
    OperatorServer operatorServer =
        new OperatorServer(
            HttpServer.create(new InetSocketAddress(port), 0), registry, notReadyBecause);
    operatorServer.server.start();
    return operatorServer;
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    checks.shutdownNow();
  }

  /** A check that hangs, on a dead server or a dead file system, is itself a reason. */
  private List<String> inTime(Supplier<List<String>> notReadyBecause) {
    try {
      return underWay(notReadyBecause).get(LONGEST_CHECK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return List.of("the Temporal server or the store has not answered yet");
    } catch (ExecutionException e) {
      return List.of("the check failed: " + e.getCause().getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of("stopping");
    }
  }

  /** One check at a time, however many ask. */
  private synchronized Future<List<String>> underWay(Supplier<List<String>> notReadyBecause) {
    if (check.isDone()) {
      check = checks.submit(notReadyBecause::get);
    }
    return check;
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "seedance-operator-server");
    thread.setDaemon(true);
    return thread;
  }
}
