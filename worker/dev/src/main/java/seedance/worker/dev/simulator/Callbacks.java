package seedance.worker.dev.simulator;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells status changes to the {@code callback_url}s: those of one task in order, up to three times
 * each if no 2xx comes in time. Nobody waits for it.
 */
final class Callbacks implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Callbacks.class);
  private static final MediaType JSON = MediaType.get("application/json");
  private static final int SENDS = 3;
  private static final int THREADS = 8;

  private final TaskJson json;
  private final Supplier<URI> base;
  private final OkHttpClient client;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, new DaemonThreads("simulator-callback"));
  private final Map<String, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

  /**
   * @param base how this server is reached, known once it runs
   */
  Callbacks(TaskJson json, Supplier<URI> base, Duration timeout) {
    this.json = json;
    this.base = base;
    this.client =
        new OkHttpClient.Builder().callTimeout(timeout).retryOnConnectionFailure(false).build();
  }

  void tell(String account, SimulatedTask task) {
    HttpUrl url =
        task.generation().callback().map(uri -> HttpUrl.parse(uri.toString())).orElse(null);
    if (url == null) {
      return;
    }
    byte[] body = SimulatorJson.bytes(json.write(account, task, base.get()));
    last.compute(
        task.id(),
        (id, previous) ->
            (previous == null ? CompletableFuture.<Void>completedFuture(null) : previous)
                .thenRunAsync(() -> send(url, task, body), threads));
    if (task.status().terminal()) {
      last.remove(task.id());
    }
  }

  private void send(HttpUrl url, SimulatedTask task, byte[] body) {
    for (int attempt = 1; attempt <= SENDS; attempt++) {
      Request request = new Request.Builder().url(url).post(RequestBody.create(body, JSON)).build();
      try (Response response = client.newCall(request).execute()) {
        if (response.isSuccessful()) {
          return;
        }
        log.debug("callback {} for {} answered {}", attempt, task.id(), response.code());
      } catch (IOException e) {
        log.debug("callback {} for {} failed: {}", attempt, task.id(), e.getClass().getName());
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
