package seedance.worker;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import seedance.activities.InvalidSettingsException;
import seedance.activities.SeedanceConfiguration;
import seedance.activities.SettingsReader;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.json.NearestName;

/**
 * What the worker process is told.
 *
 * @param seedance the service, the store, the models
 * @param temporal the server
 * @param taskQueue which to poll
 * @param metricsPort where {@code /metrics} and {@code /health/*} are served; empty for nowhere, 0
 *     for any free port
 * @param metricsAddress which of the machine's addresses that is at; empty for all of them
 * @param callbackPort where {@code /callbacks/…} is served; empty for nowhere, 0 for any free port
 * @param callbackAddress which of the machine's addresses that is at; empty for all of them
 */
public record WorkerSettings(
    SeedanceConfiguration seedance,
    TemporalAccess temporal,
    String taskQueue,
    OptionalInt metricsPort,
    Optional<InetAddress> metricsAddress,
    OptionalInt callbackPort,
    Optional<InetAddress> callbackAddress) {
  public WorkerSettings {
    Objects.requireNonNull(seedance, "seedance");
    Objects.requireNonNull(temporal, "temporal");
    Objects.requireNonNull(taskQueue, "taskQueue");
    Objects.requireNonNull(metricsPort, "metricsPort");
    Objects.requireNonNull(metricsAddress, "metricsAddress");
    Objects.requireNonNull(callbackPort, "callbackPort");
    Objects.requireNonNull(callbackAddress, "callbackAddress");
  }

  /**
   * Reads the variables of {@link SeedanceConfiguration#fromEnvironment}, {@code
   * SEEDANCE_TASK_QUEUE} ({@code seedance}), {@code SEEDANCE_METRICS_PORT} (none), {@code
   * SEEDANCE_METRICS_ADDRESS} (all; only together with that port), {@code SEEDANCE_CALLBACK_PORT}
   * (none; only together with {@code SEEDANCE_CALLBACK_URL}), {@code SEEDANCE_CALLBACK_ADDRESS}
   * (all; only together with that port) and Temporal's own.
   *
   * @param environment usually {@link System#getenv()}
   * @throws InvalidSettingsException naming every problem at once, unknown {@code SEEDANCE_*}
   *     variables among them
   */
  public static WorkerSettings fromEnvironment(Map<String, String> environment) {
    SettingsReader settings = new SettingsReader(environment);
    unknownVariables(environment).forEach(settings::problem);
    SeedanceConfiguration seedance = SeedanceConfiguration.from(settings);
    Optional<Integer> metricsPort = settings.port("SEEDANCE_METRICS_PORT");
    Optional<InetAddress> metricsAddress = address(settings, "SEEDANCE_METRICS_ADDRESS");
    if (settings.isSet("SEEDANCE_METRICS_ADDRESS") && !settings.isSet("SEEDANCE_METRICS_PORT")) {
      settings.problem(
          "SEEDANCE_METRICS_ADDRESS is nothing without SEEDANCE_METRICS_PORT: metrics are not"
              + " served");
    }
    Optional<Integer> callbackPort = settings.port("SEEDANCE_CALLBACK_PORT");
    if (settings.isSet("SEEDANCE_CALLBACK_PORT") != settings.isSet("SEEDANCE_CALLBACK_URL")) {
      settings.problem(
          "SEEDANCE_CALLBACK_URL and SEEDANCE_CALLBACK_PORT go together: where the service calls"
              + " back, and where this worker listens for it");
    }
    Optional<InetAddress> callbackAddress = address(settings, "SEEDANCE_CALLBACK_ADDRESS");
    if (settings.isSet("SEEDANCE_CALLBACK_ADDRESS") && !settings.isSet("SEEDANCE_CALLBACK_PORT")) {
      settings.problem(
          "SEEDANCE_CALLBACK_ADDRESS is nothing without SEEDANCE_CALLBACK_PORT: callbacks are not"
              + " served");
    }
    Optional<TemporalAccess> temporal = temporal(environment, settings);
    settings.requireNoProblem();
    return new WorkerSettings(
        seedance,
        temporal.orElseThrow(),
        taskQueue(environment),
        optionalInt(metricsPort),
        metricsAddress,
        optionalInt(callbackPort),
        callbackAddress);
  }

  private static Optional<InetAddress> address(SettingsReader settings, String name) {
    return settings.value(
        name,
        WorkerSettings::address,
        "is no IP address of this machine, such as 127.0.0.1 or 0.0.0.0");
  }

  private static Optional<TemporalAccess> temporal(
      Map<String, String> environment, SettingsReader settings) {
    try {
      return Optional.of(TemporalAccess.fromEnvironment(environment));
    } catch (IOException | RuntimeException e) {
      settings.problem("Temporal's settings (TEMPORAL_*) are not usable: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static OptionalInt optionalInt(Optional<Integer> port) {
    return port.map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  /** The task queue that {@code SEEDANCE_TASK_QUEUE} names, or the default. */
  public static String taskQueue(Map<String, String> environment) {
    return new SettingsReader(environment)
        .text("SEEDANCE_TASK_QUEUE")
        .orElse(VideoGenerationWorkflow.DEFAULT_TASK_QUEUE);
  }

  private static List<String> unknownVariables(Map<String, String> environment) {
    TreeSet<String> known = new TreeSet<>(SeedanceConfiguration.VARIABLES);
    known.add("SEEDANCE_TASK_QUEUE");
    known.add("SEEDANCE_METRICS_PORT");
    known.add("SEEDANCE_METRICS_ADDRESS");
    known.add("SEEDANCE_CALLBACK_PORT");
    known.add("SEEDANCE_CALLBACK_ADDRESS");
    return environment.keySet().stream()
        .filter(name -> name.startsWith("SEEDANCE_") && !known.contains(name))
        .sorted()
        .map(name -> name + " is no setting of ours" + NearestName.didYouMean(name, known))
        .toList();
  }

  /** An address itself, as a name may stand for another one at the next start. */
  private static InetAddress address(String text) {
    InetAddress address =
        text.equals("localhost")
            ? InetAddress.getLoopbackAddress()
            : NetUtil.createInetAddressFromIpAddressString(text);
    if (address == null) {
      throw new IllegalArgumentException("no address");
    }
    return address;
  }
}
