package seedance.worker.dev.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seedance.worker.dev.simulator.clip.Clips;

/**
 * A Seedance that costs nothing: a real HTTP server that answers as the service does, in both
 * dialects, at any speed.
 *
 * <pre>{@code
 * try (SimulatedSeedance seedance =
 *     SimulatedSeedance.start(SimulatorSettings.builder().speed(100).build())) {
 *   seedance.inject(Fault.next(Operation.CREATE, new Effect.LostReply()));
 *   // … run a workflow against seedance.baseUrl() …
 *   assertThat(seedance.books().tasksCreated()).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>Of the media that requests name it fetches its own files and those on this machine, no others.
 * Safe for use by many threads.
 */
public final class SimulatedSeedance implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SimulatedSeedance.class);

  static {
    // JDK 17's server sends headers and body apart, and Nagle's algorithm then holds every reply on
    // a kept connection back for 40 ms. Read once per process; a value that is set stays.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private static final long KEPT_CLIPS = 64L * 1024 * 1024;
  private static final long TICK_MILLIS = 50;

  private final FaultPlan faults = new FaultPlan();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads =
      Executors.newCachedThreadPool(new DaemonThreads("simulator"));
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("simulator-ticker"));
  private final HttpServer server;
  private final URI baseUrl;
  private final Accounts accounts;
  private final Callbacks callbacks;
  private final LoopbackFiles loopback = new LoopbackFiles();

  private SimulatedSeedance(SimulatorSettings settings) throws IOException {
    FileLinks links = new FileLinks(settings.clock(), settings.urlLifetime(), settings.seed());
    TaskJson json = new TaskJson(links);
    server = HttpServer.create(new InetSocketAddress(settings.address(), settings.port()), 0);
    baseUrl = url(server.getAddress());
    callbacks = new Callbacks(json, () -> baseUrl, settings);
    accounts = new Accounts(settings, callbacks);
    OwnFiles files = new OwnFiles(accounts);
    InputMedia media = new InputMedia(links, files, loopback);
    ServiceDesk desk = new ServiceDesk(settings, json, media, () -> baseUrl);
    FileHandler fileHost =
        new FileHandler(
            files,
            faults,
            links,
            new Clips(KEPT_CLIPS),
            settings.gatewayReply().redirectsContent(),
            closing);
    for (SimulatedDialect dialect : SimulatedDialect.values()) {
      route(dialect.path(), new ApiHandler(dialect, accounts, faults, desk, fileHost, closing));
    }
    route(FileLinks.FOLDER, fileHost);
    route(ControlHandler.FOLDER, new ControlHandler(accounts, faults, closing));
    server.setExecutor(threads);
  }

  /**
   * Starts a simulator.
   *
   * @return a running server; to be closed
   * @throws UncheckedIOException if it cannot listen, because its port is taken for example
   */
  public static SimulatedSeedance start(SimulatorSettings settings) {
    try {
      SimulatedSeedance simulator = new SimulatedSeedance(settings);
      simulator.server.start();
      // Callbacks are due also while nobody asks.
      simulator.ticker.scheduleWithFixedDelay(
          simulator::settle, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
      log.info("Simulated Seedance at {}, speed {}", simulator.baseUrl, settings.speed());
      return simulator;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot listen on " + settings.address().getHostAddress() + ":" + settings.port(), e);
    }
  }

  private void settle() {
    accounts.settle();
    callbacks.settle();
  }

  /** What a client takes as its base URL, for either dialect. */
  public URI baseUrl() {
    return baseUrl;
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** What was counted up to now. */
  public Books books() {
    return accounts.books();
  }

  /** Adds faults to those in force; where several would fire, the one injected first does. */
  public void inject(Fault... more) {
    faults.inject(List.of(more));
  }

  /** Ends all faults. A request that one has already struck stays struck. */
  public void clearFaults() {
    faults.clear();
  }

  /** The faults in force and how often each struck. */
  public List<StruckFault> faults() {
    return faults.struck();
  }

  /** Stops listening and ends every request at once. Tasks and books are gone. */
  @Override
  public void close() {
    closing.countDown();
    ticker.shutdownNow();
    server.stop(0);
    callbacks.close();
    loopback.close();
    threads.shutdownNow();
  }

  private void route(String path, HttpHandler handler) {
    server.createContext(path, exchange -> guarded(handler, exchange));
  }

  private static void guarded(HttpHandler handler, HttpExchange exchange) {
    try {
      handler.handle(exchange);
    } catch (IOException e) {
      log.debug("a client went away: {}", e.toString());
      exchange.close();
    } catch (RuntimeException e) {
      log.error("the simulator has a defect", e);
      exchange.close();
    }
  }

  private static URI url(InetSocketAddress address) {
    String host =
        address.getAddress().isAnyLocalAddress()
            ? "127.0.0.1"
            : address.getAddress().getHostAddress();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
  }
}
