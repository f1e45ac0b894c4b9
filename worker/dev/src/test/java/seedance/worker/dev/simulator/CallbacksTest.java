package seedance.worker.dev.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
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
  /** Of its first task, where half of the calls are lost, {@code running} is the only one. */
  private static final long LOSES_RUNNING_OF_HALF = 36;

  private final SettableClock clock = new SettableClock();
  private SimulatedSeedance simulator = startWith(Duration.ofSeconds(60));
  private Caller caller = new Caller(simulator, "key");
  private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
  private final List<Instant> receivedAt = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger sends = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile int silentSends;
  private volatile int refusedSends;
  private HttpServer receiver;

  private SimulatedSeedance startWith(Duration callbackTimeout) {
    return SimulatedSeedance.start(settings().callbackTimeout(callbackTimeout).build());
  }

  private SimulatorSettings.Builder settings() {
    return SimulatorSettings.builder().clock(clock);
  }

  private void restartWith(SimulatorSettings.Builder settings) {
    caller.close();
    simulator.close();
    simulator = SimulatedSeedance.start(settings.build());
    caller = new Caller(simulator, "key");
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
          receivedAt.add(clock.instant());
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
    restartWith(settings().callbackTimeout(Duration.ofMillis(300)));
    silentSends = 1;
    String id = create();
    assertThat(caller.status(id)).isEqualTo("queued");
    assertThat(next().get("status").asText()).isEqualTo("queued");
    assertThat(sends).hasValueGreaterThanOrEqualTo(2);
  }

  @Test
  void lostCallbacks_neverCome_andTheSameSeedLosesTheSame() throws Exception {
    for (int run = 0; run < 2; run++) {
      restartWith(settings().seed(LOSES_RUNNING_OF_HALF).callbackDelivery(losing(0.5)));
      create();
      clock.advance(Duration.ofMinutes(10));
      // Those of one task come in order, so that what was to come before has not come.
      assertThat(next().get("status").asText()).isEqualTo("queued");
      assertThat(next().get("status").asText()).isEqualTo("succeeded");
    }
    assertThat(sends).hasValue(4);
  }

  @Test
  void theShareThatIsLost_isTheOneAskedFor_andGrowsWithIt() {
    int lost = 0;
    for (int seed = 0; seed < 1000; seed++) {
      Set<SimulatedStatus> some = Callbacks.drawLost(0.3, new SplittableRandom(seed));
      lost += some.size();
      assertThat(Callbacks.drawLost(0.6, new SplittableRandom(seed))).containsAll(some);
      assertThat(Callbacks.drawLost(0, new SplittableRandom(seed))).isEmpty();
      assertThat(Callbacks.drawLost(1, new SplittableRandom(seed)))
          .containsExactlyInAnyOrder(SimulatedStatus.values());
    }
    assertThat(lost / 6000.0).isCloseTo(0.3, within(0.03));
  }

  @Test
  void delayedCallbacks_comeNoSooner_inOrder_andTellWhatWasTrueAtTheChange() throws Exception {
    restartWith(
        settings().speed(10).callbackDelivery(new CallbackDelivery(0, Duration.ofSeconds(600))));
    Instant created = clock.instant();
    String id = create();
    clock.advance(Duration.ofSeconds(59));
    assertThat(caller.status(id)).isEqualTo("succeeded");
    clock.advance(Duration.ofSeconds(1));

    JsonNode queued = next();
    assertThat(queued.get("status").asText()).isEqualTo("queued");
    assertThat(queued.get("updated_at").asLong()).isEqualTo(created.getEpochSecond());
    assertThat(receivedAt).containsExactly(created.plusSeconds(60));

    clock.advance(Duration.ofSeconds(60));
    assertThat(next().get("status").asText()).isEqualTo("running");
    JsonNode done = next();
    assertThat(done.get("status").asText()).isEqualTo("succeeded");
    assertThat(done.get("updated_at").asLong())
        .isEqualTo(caller.look(id).get("updated_at").asLong());
  }

  @Test
  void lossOrDelayOutOfItsRange_isRefused() {
    assertThatThrownBy(() -> losing(1.01)).hasMessageContaining("0 to 1");
    assertThatThrownBy(() -> losing(Double.NaN)).hasMessageContaining("0 to 1");
    assertThatThrownBy(() -> new CallbackDelivery(0, Duration.ofMillis(-1)))
        .hasMessageContaining("0 or more");
  }

  private static CallbackDelivery losing(double share) {
    return new CallbackDelivery(share, Duration.ZERO);
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
