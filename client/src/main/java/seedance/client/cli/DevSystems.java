package seedance.client.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import seedance.activities.InvalidSettingsException;
import seedance.worker.dev.DevSettings;
import seedance.worker.dev.DevSystem;
import seedance.worker.dev.simulator.SimulatorSettings;

/** Starts the whole system in this process, and says what it is made of. */
final class DevSystems {
  private DevSystems() {}

  /**
   * @param simulator of the simulated service, where there is one
   * @throws Refusal if a setting is wrong or something of it cannot start
   */
  static DevSystem start(Cli cli, double speed, SimulatorSettings.Builder simulator) {
    return start(cli, cli.environment(), speed, simulator);
  }

  /** The same where the simulated service calls back, unless callbacks are set otherwise. */
  static DevSystem startCallingBack(Cli cli, double speed, SimulatorSettings.Builder simulator)
      throws IOException {
    Map<String, String> environment = new HashMap<>(cli.environment());
    boolean isSet =
        environment.keySet().stream().anyMatch(name -> name.startsWith("SEEDANCE_CALLBACK_"));
    if (!isSet && environment.getOrDefault("SEEDANCE_API_KEY", "").isBlank()) {
      int port = freePort();
      environment.put("SEEDANCE_CALLBACK_URL", "http://127.0.0.1:" + port);
      environment.put("SEEDANCE_CALLBACK_PORT", String.valueOf(port));
      environment.put("SEEDANCE_CALLBACK_ADDRESS", "127.0.0.1");
    }
    return start(cli, environment, speed, simulator);
  }

  /** The URL names it before anything listens there. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static DevSystem start(
      Cli cli, Map<String, String> environment, double speed, SimulatorSettings.Builder simulator) {
    if (!(speed > 0)) {
      throw new Refusal(ExitCode.INVALID, "--speed is more than 0");
    }
    try {
      return DevSystem.start(
          new DevSettings(environment, cli.workingDirectory().resolve("out"), speed), simulator);
    } catch (InvalidSettingsException wrong) {
      throw new Refusal(
          ExitCode.MISCONFIGURED,
          "It cannot start:\n" + String.join("\n", wrong.problems()).indent(2).stripTrailing());
    } catch (RuntimeException wrong) {
      throw new Refusal(ExitCode.NOT_REACHED, "It cannot start: " + wrong.getMessage());
    }
  }

  static void describe(Cli cli, DevSystem system) {
    PrintStream out = cli.terminal().out();
    out.println("Temporal            " + system.temporalAddress() + ", " + system.temporalServer());
    system.uiUrl().ifPresent(url -> out.println("Temporal UI         " + url));
    system
        .simulated()
        .ifPresentOrElse(
            service -> {
              out.println("Simulated Seedance  " + service.baseUrl());
              system
                  .callbackPort()
                  .ifPresent(port -> out.println("                    calls back at port " + port));
            },
            () -> out.println("Seedance            the real service, by SEEDANCE_API_KEY"));
    if (system.isUnencrypted()) {
      out.println("                    by plain http: who is on the way can read and use the key");
    }
    out.println("Clips               " + Words.location(system.store(), cli.workingDirectory()));
  }
}
