package seedance.worker.dev;

import io.temporal.worker.WorkerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import seedance.activities.InvalidSettingsException;
import seedance.activities.generation.LookSchedule;
import seedance.worker.TemporalAccess;
import seedance.worker.WorkerProcess;
import seedance.worker.WorkerSettings;

/**
 * The worker process, as the command line starts it, but for the pace of its looks, and that it
 * says in a file when it polls: its process id, and the port at which it takes callbacks, 0 for
 * none.
 */
final class WorkerMain {
  private static final int NO_PORT = 0;
  private static final int MOST_ATTEMPTS = 10;
  private static final Duration DEADLOCK_TIMEOUT = Duration.ofSeconds(30);

  private WorkerMain() {}

  public static void main(String[] arguments) throws Exception {
    WorkerSettings settings = WorkerSettings.fromEnvironment(System.getenv());
    WorkerProcess worker =
        started(
            new WorkerSettings(
                settings
                    .seedance()
                    .withSchedule(LookSchedule.atSpeed(Double.parseDouble(arguments[0]))),
                patient(settings.temporal()),
                settings.taskQueue(),
                settings.metricsPort(),
                settings.metricsAddress(),
                settings.callbackPort(),
                settings.callbackAddress()));
    Runtime.getRuntime().addShutdownHook(new Thread(worker::close));
    Path polls = Path.of(arguments[1]);
    Path written = Files.createTempFile(polls.toAbsolutePath().getParent(), "polls-", ".part");
    Files.writeString(
        written, ProcessHandle.current().pid() + " " + worker.callbackPort().orElse(NO_PORT));
    Files.move(written, polls, StandardCopyOption.ATOMIC_MOVE);
    worker.awaitTermination();
  }

  /** The SDK takes a workflow thread for stuck that a busy machine does not run for a second. */
  private static TemporalAccess patient(TemporalAccess temporal) {
    return new TemporalAccess(
        temporal.stubs(),
        temporal.client(),
        WorkerOptions.newBuilder(temporal.worker())
            .setDefaultDeadlockDetectionTimeout(DEADLOCK_TIMEOUT.toMillis())
            .build());
  }

  /**
   * Tries again, as whoever supervises a worker would: on a busy machine the server may not answer
   * a process that has just begun within the time that a start gives it.
   */
  private static WorkerProcess started(WorkerSettings settings) {
    for (int attempt = 1; ; attempt++) {
      try {
        return WorkerProcess.start(settings);
      } catch (InvalidSettingsException notYet) {
        if (attempt == MOST_ATTEMPTS) {
          throw notYet;
        }
        System.out.println("Not started, once more: " + notYet.problems());
      }
    }
  }
}
