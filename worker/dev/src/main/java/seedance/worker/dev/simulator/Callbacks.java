package seedance.worker.dev.simulator;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
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
 * each if no 2xx comes in time. Nobody waits for it. Those that are delayed are sent by whoever
 * calls {@link #settle}.
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
  private final Clock clock;
  private final Duration delay;
  private final PriorityQueue<Due> delayed =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
  private long numbers;

  /** A call that is due at a time; those of one time in the order of their numbers. */
  private record Due(Instant at, long number, HttpUrl url, SimulatedTask task, byte[] body) {}

  /**
   * @param base how this server is reached, known once it runs
   */
  Callbacks(TaskJson json, Supplier<URI> base, SimulatorSettings settings) {
    this.json = json;
    this.base = base;
    this.clock = settings.clock();
    this.delay = SimulatedPace.scaled(settings.callbackDelivery().delay(), 1 / settings.speed());
    this.client =
        new OkHttpClient.Builder()
            .callTimeout(settings.callbackTimeout())
            .retryOnConnectionFailure(false)
            .build();
  }

  /**
   * Draws the statuses of one task whose calls are lost.
   *
   * @param loss the share that is
   */
  static Set<SimulatedStatus> drawLost(double loss, SplittableRandom random) {
    Set<SimulatedStatus> lost = EnumSet.noneOf(SimulatedStatus.class);
    for (SimulatedStatus status : SimulatedStatus.values()) {
      if (random.nextDouble() < loss) {
        lost.add(status);
      }
    }
    return lost;
  }

  void tell(String account, SimulatedTask task) {
    HttpUrl url =
        task.generation().callback().map(uri -> HttpUrl.parse(uri.toString())).orElse(null);
    if (url == null) {
      return;
    }
    byte[] body = SimulatorJson.bytes(json.write(account, task, base.get()));
    synchronized (delayed) {
      delayed.add(new Due(task.updatedAt().plus(delay), numbers++, url, task, body));
    }
    if (delay.isZero()) {
      settle();
    }
  }

  /** Sends what is due. */
  void settle() {
    synchronized (delayed) {
      Instant now = clock.instant();
      for (Due due = delayed.peek(); due != null && !due.at().isAfter(now); due = delayed.peek()) {
        delayed.remove();
        sendAfterThoseBefore(due);
      }
    }
  }

  private void sendAfterThoseBefore(Due due) {
    SimulatedTask task = due.task();
    if (!task.unheard().contains(task.status())) {
      last.compute(
          task.id(),
          (id, previous) ->
              (previous == null ? CompletableFuture.<Void>completedFuture(null) : previous)
                  .thenRunAsync(() -> send(due.url(), task, due.body()), threads));
    }
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
