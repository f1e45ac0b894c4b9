package seedance.worker.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * What the service calls back, between it and the workers: all callbacks of a third of the
 * submissions never arrive, those of another third arrive twice.
 */
final class CallbackRelay implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final Supplier<List<Integer>> workerPorts;
  private final Incidents incidents;

  private CallbackRelay(
      HttpServer server, Supplier<List<Integer>> workerPorts, Incidents incidents) {
    this.server = server;
    this.workerPorts = workerPorts;
    this.incidents = incidents;
  }

  /**
   * @param workerPorts where the workers that are up now take callbacks
   */
  static CallbackRelay start(Supplier<List<Integer>> workerPorts, Incidents incidents)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    CallbackRelay relay = new CallbackRelay(server, workerPorts, incidents);
    server.setExecutor(relay.threads);
    server.createContext("/", relay::relay);
    server.start();
    return relay;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void relay(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      int times = Math.floorMod(path.hashCode(), 3);
      incidents.count("callbacks", List.of("missing", "once", "twice").get(times));
      boolean taken = times == 0;
      for (int time = 0; time < times; time++) {
        taken |= forward(path, body);
      }
      exchange.sendResponseHeaders(taken ? 200 : 503, -1);
    }
  }

  /** To the first worker that is there. */
  private boolean forward(String path, byte[] body) {
    for (int port : workerPorts.get()) {
      try {
        URI target = URI.create("http://127.0.0.1:" + port + path);
        HttpRequest request =
            HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
          return true;
        }
      } catch (IOException isDown) {
        // The other one may be there.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
