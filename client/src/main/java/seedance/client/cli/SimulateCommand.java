package seedance.client.cli;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import seedance.worker.dev.simulator.SimulatedSeedance;
import seedance.worker.dev.simulator.SimulatorSettings;

@Command(
    name = "simulate",
    description = "Runs the simulated Seedance alone, on this machine only, until Ctrl-C.")
final class SimulateCommand implements Callable<Integer> {
  private final Cli cli;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8090",
      description = "Where it listens (default: 8090; 0 for any that is free).")
  private int port;

  @Option(
      names = "--speed",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many times faster than the real service (default: 1).")
  private double speed;

  @Mixin private SimulateArguments simulator = new SimulateArguments();

  SimulateCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws InterruptedException {
    SimulatedSeedance service = start();
    try (ClosedOnExit running = new ClosedOnExit(service)) {
      print(service.baseUrl());
      running.awaitExit();
    }
    return ExitCode.OK;
  }

  private SimulatedSeedance start() {
    SimulatorSettings settings;
    try {
      settings = simulator.settings().port(port).speed(speed).build();
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(ExitCode.INVALID, String.valueOf(wrong.getMessage()));
    }
    try {
      return SimulatedSeedance.start(settings);
    } catch (UncheckedIOException taken) {
      throw new Refusal(
          ExitCode.MISCONFIGURED,
          "Port " + port + " cannot be listened on; choose another --port.");
    }
  }

  private void print(URI baseUrl) {
    PrintStream out = cli.terminal().out();
    out.println("Simulated Seedance at " + baseUrl + "; Ctrl-C stops it. A worker for it:");
    out.println(
        "  SEEDANCE_BASE_URL=" + baseUrl + " SEEDANCE_API_KEY=any " + cli.command("worker"));
  }
}
