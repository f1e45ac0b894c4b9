package seedance.worker.dev;

import java.nio.file.Files;
import java.nio.file.Path;
import seedance.activities.generation.LookSchedule;
import seedance.worker.WorkerProcess;
import seedance.worker.WorkerSettings;

/**
 * The worker process, as the command line starts it, but for the pace of its looks, and that it
 * says in a file when it polls.
 */
final class WorkerMain {
  private WorkerMain() {}

  public static void main(String[] arguments) throws Exception {
    WorkerSettings settings = WorkerSettings.fromEnvironment(System.getenv());
    WorkerProcess worker =
        WorkerProcess.start(
            new WorkerSettings(
                settings
                    .seedance()
                    .withSchedule(LookSchedule.atSpeed(Double.parseDouble(arguments[0]))),
                settings.temporal(),
                settings.taskQueue(),
                settings.metricsPort(),
                settings.callbackPort()));
    Runtime.getRuntime().addShutdownHook(new Thread(worker::close));
    Files.writeString(Path.of(arguments[1]), String.valueOf(ProcessHandle.current().pid()));
    worker.awaitTermination();
  }
}
