package seedance.client.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import seedance.activities.InvalidSettingsException;
import seedance.worker.WorkerProcess;

@Command(
    name = "worker",
    description = {
      "Runs the worker process until SIGTERM or Ctrl-C, which let running activities end.",
      "Settings: SEEDANCE_API_KEY and more, see the README."
    })
final class WorkerCommand implements Callable<Integer> {
  private final Cli cli;

  WorkerCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws InterruptedException {
    WorkerProcess process = start();
    try (ClosedOnExit worker = new ClosedOnExit(() -> drain(process))) {
      worker.awaitExit();
    }
    return ExitCode.OK;
  }

  private void drain(WorkerProcess process) {
    cli.terminal().err().println("Stopping; running activities are let end first.");
    process.close();
    cli.terminal().err().println("Stopped.");
  }

  private WorkerProcess start() {
    try {
      return WorkerProcess.start(cli.environment());
    } catch (InvalidSettingsException wrong) {
      throw new Refusal(
          ExitCode.MISCONFIGURED,
          "The worker cannot start:\n"
              + String.join("\n", wrong.problems()).indent(2).stripTrailing());
    }
  }
}
