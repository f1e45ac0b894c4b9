package seedance.worker.dev.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallbacksTest {

  private final SettableClock clock = new SettableClock();
  private SimulatedSeedance simulator = startWith(Duration.ofSeconds(60));
  private Caller caller = new Caller(simulator, "key");
  private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger sends = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile int silentSends;
  private volatile int refusedSends;
  private HttpServer receiver;

  private SimulatedSeedance startWith(Duration callbackTimeout) {
    return SimulatedSeedance.start(
        SimulatorSettings.builder().clock(clock).callbackTimeout(callbackTimeout).build());
  }

  @BeforeEach
  void receive() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setExecutor(threads);
    receiver.createContext(
        "/hook",
        exchange -> {
          JsonNode body = SimulatorJson.MAPPER.readTree(exchange.getRequestBody().readAllBytes());
          int send = sends.incrementAndGet();
          if (send <= silentSends) {
            try {
              over.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          received.add(body);
          exchange.sendResponseHeaders(send <= refusedSends ? 500 : 204, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void close() {
    over.countDown();
    caller.close();
    simulator.close();
    receiver.stop(0);
    threads.shutdownNow();
  }

  @Test
  void everyStatusChange_isTold_inOrder_alsoWhileNobodyAsks() throws Exception {
    String id = create();
    clock.advance(Duration.ofMinutes(10));
    assertThat(next().get("status").asText()).isEqualTo("queued");
    JsonNode running = next();
    assertThat(running.get("status").asText()).isEqualTo("running");
    assertThat(running.get("id").asText()).isEqualTo(id);
    JsonNode done = next();
    assertThat(done.get("status").asText()).isEqualTo("succeeded");
    assertThat(caller.download(done.at("/content/video_url").asText()).status()).isEqualTo(200);
    assertThat(sends).hasValue(3);
  }

  @Test
  void refusedCallback_isSentThreeTimesAtMost() throws Exception {
    refusedSends = 4;
    create();
    clock.advance(Duration.ofMinutes(10));
    for (String status : new String[] {"queued", "queued", "queued", "running", "running"}) {
      assertThat(next().get("status").asText()).isEqualTo(status);
    }
    assertThat(next().get("status").asText()).isEqualTo("succeeded");
    assertThat(sends).hasValue(6);
  }

  @Test
  void callbackThatIsNotAcknowledgedInTime_isSentAgain_andHoldsNoRequestUp() throws Exception {
    caller.close();
    simulator.close();
    simulator = startWith(Duration.ofMillis(300));
    caller = new Caller(simulator, "key");
    silentSends = 1;
    String id = create();
    assertThat(caller.status(id)).isEqualTo("queued");
    assertThat(next().get("status").asText()).isEqualTo("queued");
    assertThat(sends).hasValueGreaterThanOrEqualTo(2);
  }

  private String create() throws IOException {
    return caller.create(
        Caller.body(
            "\"callback_url\":\"http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook\""));
  }

  private JsonNode next() throws InterruptedException {
    JsonNode body = received.poll(60, TimeUnit.SECONDS);
    assertThat(body).as("a callback").isNotNull();
    return body;
  }
}
