package seedance.worker.dev;

import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import seedance.activities.SeedanceConfiguration;
import seedance.activities.generation.LookSchedule;
import seedance.worker.WorkerProcess;
import seedance.worker.WorkerSettings;
import seedance.worker.dev.simulator.SimulatedSeedance;
import seedance.worker.dev.simulator.SimulatorSettings;

/**
 * The whole system in one process: a Temporal server, a Seedance and a worker between them.
 *
 * <p>Which Temporal server, {@link TemporalServer} decides. The Seedance is a simulated one, faster
 * than life, unless {@code SEEDANCE_API_KEY} is set: then it is the real service, which costs
 * money.
 */
public final class DevSystem implements AutoCloseable {
  private static final String KEY_OF_THE_SIMULATED = "simulated";
  private static final int SECONDS_TO_END_A_START = 10;

  private final TemporalServer temporal;
  private final Optional<SimulatedSeedance> simulated;
  private final WorkerProcess worker;
  private final WorkerSettings settings;

  private DevSystem(
      TemporalServer temporal, Optional<SimulatedSeedance> simulated, WorkerSettings settings) {
    this.temporal = temporal;
    this.simulated = simulated;
    this.settings = settings;
    this.worker = WorkerProcess.start(settings);
  }

  /**
   * Starts everything and waits until it works.
   *
   * @throws seedance.activities.InvalidSettingsException naming every setting that cannot work
   * @throws UncheckedIOException when no port is free or a server does not start
   */
  public static DevSystem start(DevSettings settings) {
    return start(settings, SimulatorSettings.builder());
  }

  /**
   * As {@link #start(DevSettings)}, with a simulated service that behaves as told.
   *
   * @param simulator of the simulated service, where there is one; its speed is set here
   * @throws IllegalArgumentException for a value of it out of its range
   * @throws seedance.activities.InvalidSettingsException naming every setting that cannot work
   * @throws UncheckedIOException when no port is free or a server does not start
   */
  public static DevSystem start(DevSettings settings, SimulatorSettings.Builder simulator) {
    // Logging set up by two threads at once says so on stderr.
    LoggerFactory.getILoggerFactory();
    // It takes a second or more, in which the rest can be made ready.
    CompletableFuture<TemporalServer> temporal =
        CompletableFuture.supplyAsync(
            () -> startTemporal(settings.environment()), DevSystem::onThreadOfItsOwn);
    Thread closesIt = new Thread(() -> closeOnceStarted(temporal), "close-half-started");
    Runtime.getRuntime().addShutdownHook(closesIt);
    try {
      return start(settings, simulator, temporal);
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(closesIt);
      } catch (IllegalStateException goingDown) {
        // It is closing the server already.
      }
    }
  }

  private static DevSystem start(
      DevSettings settings,
      SimulatorSettings.Builder simulator,
      CompletableFuture<TemporalServer> temporal) {
    Optional<SimulatedSeedance> simulated = Optional.empty();
    try {
      Map<String, String> environment = new HashMap<>(settings.environment());
      environment.putIfAbsent("SEEDANCE_STORE", settings.store().toString());
      if (environment.getOrDefault("SEEDANCE_API_KEY", "").isBlank()) {
        SimulatedSeedance service =
            SimulatedSeedance.start(simulator.speed(settings.speed()).build());
        simulated = Optional.of(service);
        environment.put("SEEDANCE_API_KEY", KEY_OF_THE_SIMULATED);
        environment.put("SEEDANCE_BASE_URL", service.baseUrl().toString());
      }
      WorkerSettings fromEnvironment = WorkerSettings.fromEnvironment(environment);
      SeedanceConfiguration seedance =
          simulated.isPresent()
              ? fromEnvironment.seedance().withSchedule(LookSchedule.atSpeed(settings.speed()))
              : fromEnvironment.seedance();
      TemporalServer server = temporal.join();
      return new DevSystem(
          server,
          simulated,
          new WorkerSettings(
              seedance,
              server.access(),
              fromEnvironment.taskQueue(),
              fromEnvironment.metricsPort(),
              fromEnvironment.metricsAddress(),
              fromEnvironment.callbackPort(),
              fromEnvironment.callbackAddress()));
    } catch (RuntimeException e) {
      simulated.ifPresent(SimulatedSeedance::close);
      closeOnceStarted(temporal);
      throw e instanceof CompletionException && e.getCause() instanceof RuntimeException cause
          ? cause
          : e;
    }
  }

  private static TemporalServer startTemporal(Map<String, String> environment) {
    try {
      return TemporalServer.start(environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server that is half started is a process of its own already, which would outlive us. */
  private static void closeOnceStarted(CompletableFuture<TemporalServer> temporal) {
    temporal
        .thenAccept(TemporalServer::close)
        .exceptionally(notStarted -> null)
        .completeOnTimeout(null, SECONDS_TO_END_A_START, TimeUnit.SECONDS)
        .join();
  }

  private static void onThreadOfItsOwn(Runnable start) {
    Thread thread = new Thread(start, "temporal-server-start");
    thread.setDaemon(true);
    thread.start();
  }

  /** A client of the Temporal server. */
  public WorkflowClient workflowClient() {
    return worker.client();
  }

  /** {@code host:port} of the Temporal server. */
  public String temporalAddress() {
    return temporal.address();
  }

  /** Which kind of Temporal server it is, and what it lacks, for people. */
  public String temporalServer() {
    return temporal.description();
  }

  /** Temporal's web UI; empty where the server has none or it is not known. */
  public Optional<URI> uiUrl() {
    return temporal.uiUrl();
  }

  /** The simulated service; empty when the real one is used. */
  public Optional<SimulatedSeedance> simulated() {
    return simulated;
  }

  /** The port at which the service calls back; empty where it is not asked to. */
  public Optional<Integer> callbackPort() {
    return worker.callbackPort();
  }

  /** The service's base URL, real or simulated. */
  public URI serviceUrl() {
    return settings.seedance().provider().baseUrl();
  }

  /** Whether the key goes to the service over a network as plain text. */
  public boolean isUnencrypted() {
    return settings.seedance().provider().isUnencrypted();
  }

  /** Where the clips go. */
  public URI store() {
    return settings.seedance().store().location();
  }

  /** The task queue that the worker polls. */
  public String taskQueue() {
    return settings.taskQueue();
  }

  /** Where {@code /metrics} is served; empty where it is not. */
  public Optional<Integer> metricsPort() {
    return worker.metricsPort();
  }

  @Override
  public void close() {
    worker.close();
    temporal.close();
    simulated.ifPresent(SimulatedSeedance::close);
  }
}
