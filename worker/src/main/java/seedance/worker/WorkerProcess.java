package seedance.worker;

import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seedance.activities.InvalidSettingsException;
import seedance.activities.SeedanceModule;
import seedance.activities.generation.TakenCallback;

/** A Temporal worker with video generation on it, its metrics and its health. */
public final class WorkerProcess implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkerProcess.class);

  /**
   * How long running activities may go on after a stop was asked for: a submission's whole call (75
   * s) fits, so that its outcome is not lost; a pod's grace period has to be longer.
   */
  private static final long DRAIN_SECONDS = 80;

  /** As {@link seedance.workflows.generation.VideoGenerationWorkflow#callbackReceived} is named. */
  private static final String CALLBACK_SIGNAL = "callbackReceived";

  private final WorkerMetrics metrics;
  private final Surroundings surroundings;
  private final WorkflowClient client;
  private final WorkerFactory factory;
  private final SeedanceModule module;
  private final Optional<OperatorServer> operatorServer;
  private final Optional<CallbackServer> callbackServer;

  private WorkerProcess(WorkerSettings settings, WorkerMetrics metrics, Surroundings surroundings)
      throws TakenPortException {
    this.metrics = metrics;
    this.surroundings = surroundings;
    client = WorkflowClient.newInstance(surroundings.stubs(), settings.temporal().client());
    factory = WorkerFactory.newInstance(client);
    Worker worker =
        factory.newWorker(
            settings.taskQueue(),
            WorkerOptions.newBuilder(settings.temporal().worker())
                // Without it a download that is let end looks like a dead worker's.
                .setAllowActivityHeartbeatDuringShutdown(true)
                .build());
    module = SeedanceModule.registerOn(worker, settings.seedance().withMeters(metrics.registry()));
    operatorServer =
        settings.metricsPort().isPresent()
            ? Optional.of(
                operatorServer(
                    new InetSocketAddress(
                        settings.metricsAddress().orElse(null), settings.metricsPort().getAsInt())))
            : Optional.empty();
    callbackServer =
        settings.callbackPort().isPresent()
            ? Optional.of(
                callbackServer(
                    new InetSocketAddress(
                        settings.callbackAddress().orElse(null),
                        settings.callbackPort().getAsInt())))
            : Optional.empty();
  }

  private OperatorServer operatorServer(InetSocketAddress address) throws TakenPortException {
    try {
      return OperatorServer.start(
          address, OperatorServer.LIMITS, metrics.registry(), this::notReadyBecause);
    } catch (IOException e) {
      throw new TakenPortException(
          "SEEDANCE_METRICS_PORT"
              + (address.getAddress().isAnyLocalAddress() ? "" : " at SEEDANCE_METRICS_ADDRESS"),
          address.getPort(),
          e);
    }
  }

  private CallbackServer callbackServer(InetSocketAddress address) throws TakenPortException {
    try {
      CallbackServer server =
          CallbackServer.start(
              address,
              CallbackServer.LIMITS,
              path ->
                  module.callbacks().at(path).map(callback -> body -> calledBack(callback, body)));
      module.callbacks().prepare();
      return server;
    } catch (IOException e) {
      operatorServer.ifPresent(OperatorServer::close);
      throw new TakenPortException(
          "SEEDANCE_CALLBACK_PORT"
              + (address.getAddress().isAnyLocalAddress() ? "" : " at SEEDANCE_CALLBACK_ADDRESS"),
          address.getPort(),
          e);
    }
  }

  /** Without the signal, the workflow finds the receipt at its next look. */
  private void calledBack(TakenCallback callback, byte[] body) {
    Optional<String> workflowId = module.callbacks().received(callback, body);
    try {
      workflowId.ifPresent(id -> client.newUntypedWorkflowStub(id).signal(CALLBACK_SIGNAL));
    } catch (RuntimeException e) {
      log.info("A callback's workflow was not woken: {}", e.getClass().getSimpleName());
    }
  }

  /**
   * Reads the settings as {@link WorkerSettings#fromEnvironment} does and starts with them.
   *
   * @throws InvalidSettingsException naming everything that is wrong at once, in the settings and
   *     in what they name
   */
  public static WorkerProcess start(Map<String, String> environment) {
    WorkerSettings settings;
    try {
      settings = WorkerSettings.fromEnvironment(environment);
    } catch (InvalidSettingsException wrong) {
      List<String> problems = new ArrayList<>(wrong.problems());
      problems.addAll(Surroundings.problemsDespiteWrongSettings(environment));
      throw new InvalidSettingsException(problems);
    }
    return start(settings);
  }

  /**
   * Checks what the worker depends on, then polls.
   *
   * @throws InvalidSettingsException naming everything that is not as it should be: an unwritable
   *     store, an unreachable server, an unknown namespace, a taken port
   */
  public static WorkerProcess start(WorkerSettings settings) {
    WorkerMetrics metrics = new WorkerMetrics();
    Surroundings surroundings = Surroundings.of(settings, metrics.temporalScope());
    List<String> problems = new ArrayList<>(surroundings.problems());
    if (problems.isEmpty()) {
      try {
        WorkerProcess process = new WorkerProcess(settings, metrics, surroundings);
        process.poll();
        log.info(
            "Polling task queue {} in namespace {} at {}",
            settings.taskQueue(),
            process.client.getOptions().getNamespace(),
            settings.temporal().address());
        return process;
      } catch (TakenPortException e) {
        problems.add(e.getMessage());
      }
    }
    surroundings.close();
    metrics.close();
    throw new InvalidSettingsException(problems);
  }

  private void poll() {
    try {
      factory.start();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** A client of the server that this worker polls. */
  public WorkflowClient client() {
    return client;
  }

  /** The port of {@code /metrics} and {@code /health/*}; empty where they are not served. */
  public Optional<Integer> metricsPort() {
    return operatorServer.map(OperatorServer::port);
  }

  /** The port of {@code /callbacks/…}; empty where they are not served. */
  public Optional<Integer> callbackPort() {
    return callbackServer.map(CallbackServer::port);
  }

  /** Waits until the worker was closed. */
  public void awaitTermination() throws InterruptedException {
    while (!factory.isTerminated()) {
      factory.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  /** Stops polling, lets running activities end (up to 80 s), then stops. */
  @Override
  public void close() {
    callbackServer.ifPresent(CallbackServer::close);
    if (factory.isStarted()) {
      factory.shutdown();
      factory.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS);
    }
    factory.shutdownNow();
    surroundings.close();
    module.close();
    operatorServer.ifPresent(OperatorServer::close);
    metrics.close();
  }

  private static final class TakenPortException extends IOException {
    private static final long serialVersionUID = 1;

    TakenPortException(String setting, int port, IOException cause) {
      super("%s: %d cannot be listened on (%s)".formatted(setting, port, cause.getMessage()));
    }
  }

  /** Everything that keeps this worker from doing its work now; empty when it is ready. */
  private List<String> notReadyBecause() {
    List<String> reasons = new ArrayList<>();
    if (!factory.isStarted() || factory.isShutdown()) {
      reasons.add("not polling");
    }
    reasons.addAll(surroundings.problems());
    return reasons;
  }
}
