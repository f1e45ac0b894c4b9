package seedance.worker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the service calls back: {@code POST …/callbacks/SUBMISSION}. It stands in public, so every
 * id gets the same answer, which comes before anything is done about it: the service waits 5 s.
 * What is lost here was a hint, and the looks find it out all the same.
 */
final class CallbackServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CallbackServer.class);

  /** Behind a proxy, the base URL's own path may be part of it. */
  private static final Pattern PATH = Pattern.compile("(?:/.*)?/callbacks/([0-9A-Za-z-]{1,64})");

  private static final int LARGEST_BODY = 64 * 1024;
  private static final int CALLS_AT_ONCE = 16;
  private static final int WORKED_ON_AT_ONCE = 4;
  private static final int WAITING = 500;

  private final HttpServer server;
  private final BiConsumer<String, byte[]> received;
  private final ExecutorService calls =
      Executors.newFixedThreadPool(CALLS_AT_ONCE, CallbackServer::daemon);
  private final ExecutorService work =
      new ThreadPoolExecutor(
          WORKED_ON_AT_ONCE,
          WORKED_ON_AT_ONCE,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          CallbackServer::daemon,
          (task, full) -> log.debug("A callback is dropped, as too many came at once"));

  private CallbackServer(HttpServer server, BiConsumer<String, byte[]> received) {
    this.server = server;
    this.received = received;
    server.setExecutor(calls);
    server.createContext("/", this::answer);
  }

  /**
   * @param port 0 for any free one
   * @param received gets the submission's id and the body, after the answer
   * @throws IOException when the port is taken
   */
  static CallbackServer start(int port, BiConsumer<String, byte[]> received) throws IOException {
    CallbackServer callbackServer =
        new CallbackServer(HttpServer.create(new InetSocketAddress(port), 0), received);
    callbackServer.server.start();
    return callbackServer;
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    calls.shutdownNow();
    work.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
      if (!path.matches()) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
      exchange.sendResponseHeaders(200, -1);
      if (body.length <= LARGEST_BODY) {
        work.execute(() -> received.accept(path.group(1), body));
      }
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "seedance-callback-server");
    thread.setDaemon(true);
    return thread;
  }
}
