package seedance.worker.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import seedance.activities.provider.Dialect;
import seedance.worker.dev.WorkerJvm;
import seedance.worker.dev.simulator.Operation;

/** A worker process behind two proxies, started again whenever it ends. */
final class WorkerUnderTest implements AutoCloseable {
  /** What the proxy waits for at most before it kills a worker that writes its receipt. */
  private static final Duration TO_WRITE_A_RECEIPT = Duration.ofMillis(500);

  private static final Duration STALL = Duration.ofSeconds(3);

  /** Longer than the heartbeat timeout (15 s) and the search for a task (5 s) together. */
  private static final Duration FREEZE = Duration.ofSeconds(40);

  private final TaskLog tasks;
  private final Schedule schedule;
  private final Incidents incidents;
  private final StoreUnderTest store;
  private final Path polls;
  private final FaultProxy service;
  private final FaultProxy temporal;
  private final ChildProcess process;
  private final CountDownLatch closing = new CountDownLatch(1);

  /**
   * @param callbackUrl where the service is told to call back
   * @param folder where the logs are
   */
  WorkerUnderTest(
      String name,
      Dialect dialect,
      int servicePort,
      int temporalPort,
      double speed,
      URI callbackUrl,
      Path folder,
      StoreUnderTest store,
      TaskLog tasks,
      Schedule schedule,
      Incidents incidents)
      throws Exception {
    this.tasks = tasks;
    this.schedule = schedule;
    this.incidents = incidents;
    this.store = store;
    this.polls = folder.resolve(name + ".polls");
    this.service = FaultProxy.of(servicePort, new HttpRelay(new DealtFate()));
    this.temporal = FaultProxy.of(temporalPort);
    this.process =
        new ChildProcess(
            WorkerJvm.command(speed, polls),
            environment(
                store,
                Map.of(
                    "SEEDANCE_API_KEY",
                    "ark-chaos-0123456789abcdef",
                    "SEEDANCE_DIALECT",
                    dialect.name().toLowerCase(Locale.ROOT),
                    "SEEDANCE_BASE_URL",
                    "http://" + service.address(),
                    "SEEDANCE_CALLBACK_URL",
                    callbackUrl.toString(),
                    "SEEDANCE_CALLBACK_PORT",
                    "0",
                    "TEMPORAL_ADDRESS",
                    temporal.address())),
            folder.resolve(name + ".log"));
  }

  private static Map<String, String> environment(
      StoreUnderTest store, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(store.environment());
    all.putAll(environment);
    return all;
  }

  /** Starts it, and again whenever it ends. */
  void start() {
    process.start();
    process
        .ended()
        .thenRunAsync(
            () -> {
              if (!process.isClosed()) {
                start();
              }
            });
  }

  /** Whether the process that runs now takes work. */
  boolean isUp() {
    return callbackPort().isPresent();
  }

  /** Where the process that runs now takes callbacks; empty until it takes work. */
  OptionalInt callbackPort() {
    try {
      if (!Files.exists(polls)) {
        return OptionalInt.empty();
      }
      String[] pidAndPort = Files.readString(polls).split(" ");
      return process.runsAs(pidAndPort[0])
          ? OptionalInt.of(Integer.parseInt(pidAndPort[1]))
          : OptionalInt.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL: no hook runs, no connection is closed in order. */
  void kill(String why) {
    if (process.kill()) {
      incidents.count("kills", why);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    process.close();
    service.close();
    temporal.close();
  }

  /** What the schedule dealt to the generation that a request concerns. */
  private final class DealtFate implements HttpRelay.Fate {

    @Override
    public Optional<Mishap> of(Operation operation, String text) {
      OptionalInt generation = tasks.generationIn(text);
      Optional<Mishap> mishap =
          generation.isPresent()
              ? schedule.strike(operation, generation.getAsInt())
              : Optional.empty();
      // Kills are counted when they succeed.
      mishap
          .filter(dealt -> !dealt.kind().equals("kills"))
          .ifPresent(dealt -> incidents.count(dealt.kind(), dealt.label()));
      return mishap;
    }

    @Override
    public void stall() {
      hold(STALL);
    }

    @Override
    public void freeze() {
      process.signal("STOP");
      hold(FREEZE);
      process.signal("CONT");
    }

    private void hold(Duration duration) {
      try {
        closing.await(duration.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void kill(Mishap mishap) {
      WorkerUnderTest.this.kill(mishap.label());
    }

    @Override
    public void silence() {
      receiptsBefore = store.receipts();
      temporal.pause();
    }

    @Override
    public void killUnheard(Mishap mishap) {
      try {
        Awaitility.await()
            .pollInterval(Duration.ofMillis(10))
            .atMost(TO_WRITE_A_RECEIPT)
            .until(() -> store.receipts() > receiptsBefore);
      } catch (ConditionTimeoutException e) {
        // It writes none in time, as a process that hangs would not.
      }
      kill(mishap);
      temporal.cut();
      temporal.resume();
    }

    private volatile long receiptsBefore;
  }
}
