package seedance.worker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the service calls back: {@code POST} to a URL that it was given. It stands in public, so
 * who has no such URL learns nothing, and the answer to the others comes before anything is done
 * about their call: the service waits 5 s. What is lost here was a hint, and the looks find it out
 * all the same.
 */
final class CallbackServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CallbackServer.class);

  static final PortLimits LIMITS = new PortLimits(256, 64 * 1024, Duration.ofSeconds(10));

  private static final String THREADS = "seedance-callback-server";
  private static final int WORKED_ON_AT_ONCE = 4;
  private static final int WAITING = 500;

  private final Function<String, Optional<Consumer<byte[]>>> takers;
  private final ExecutorService checking = BoundedThreads.named(THREADS, 1, LIMITS.connections());
  private final ExecutorService work = BoundedThreads.named(THREADS, WORKED_ON_AT_ONCE, WAITING);
  private final BoundedPort port;

  private CallbackServer(
      InetSocketAddress address,
      PortLimits limits,
      Function<String, Optional<Consumer<byte[]>>> takers)
      throws IOException {
    this.takers = takers;
    this.port = BoundedPort.listen(address, THREADS, limits, this::answer);
  }

  /**
   * @param address port 0 for any free one
   * @param takers by the path of a URL, what gets the body of a call at it, after the answer; empty
   *     for a URL that was never given out
   * @throws IOException when the address cannot be listened on
   */
  static CallbackServer start(
      InetSocketAddress address,
      PortLimits limits,
      Function<String, Optional<Consumer<byte[]>>> takers)
      throws IOException {
    return new CallbackServer(address, limits, takers);
  }

  int port() {
    return port.port();
  }

  @Override
  public void close() {
    port.close();
    checking.shutdownNow();
    work.shutdownNow();
  }

  private CompletionStage<HttpAnswer> answer(HttpCall call) {
    if (!call.method().equals("POST")) {
      return CompletableFuture.completedFuture(HttpAnswer.wrongMethod("POST"));
    }
    try {
      return CompletableFuture.supplyAsync(() -> check(call), checking);
    } catch (RejectedExecutionException full) {
      return CompletableFuture.completedFuture(HttpAnswer.of(503));
    }
  }

  private HttpAnswer check(HttpCall call) {
    Optional<Consumer<byte[]>> taker = takers.apply(call.path());
    if (taker.isEmpty()) {
      return HttpAnswer.of(404);
    }
    try {
      work.execute(() -> taker.get().accept(call.body()));
    } catch (RejectedExecutionException full) {
      log.debug("A callback is dropped, as too many came at once");
    }
    return HttpAnswer.of(200);
  }
}
