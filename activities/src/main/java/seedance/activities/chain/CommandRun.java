package seedance.activities.chain;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command that has ended.
 *
 * @param output at most {@link CommandOutput#MOST_KEPT} bytes of its standard output
 * @param complaints as much of its standard error, which may quote paths
 */
record CommandRun(int exitCode, String output, String complaints) {
  private static final long CHECK_MILLIS = 200;

  /** Windows starts no program without it. */
  private static final String WINDOWS_NEEDS = "SystemRoot";

  /** Told again and again while a command runs; what it throws kills the command. */
  @FunctionalInterface
  interface Watch {
    void check() throws IOException;
  }

  boolean succeeded() {
    return exitCode == 0;
  }

  /**
   * Runs a command without a shell, input or environment: the worker's holds the key. Neither it
   * nor what it started outlives the call.
   *
   * @param command its first word is the program's absolute path
   * @param folder which it runs in
   * @param memory how many bytes it may hold, with what it started
   * @throws InterruptedIOException when the thread is interrupted
   * @throws NotJoinableException when the command cannot be started, or takes more memory
   */
  static CommandRun of(List<String> command, Path folder, long memory, Watch watch)
      throws IOException {
    Process process = start(command, folder);
    try {
      process.getOutputStream().close();
      CommandOutput output = new CommandOutput(process.getInputStream());
      CommandOutput complaints = new CommandOutput(process.getErrorStream());
      while (!process.waitFor(CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
        watch.check();
        if (ResidentMemory.of(process.toHandle()) > memory) {
          throw new NotJoinableException(
              "joining took more than %d MB of memory".formatted(memory >> 20));
        }
      }
      return new CommandRun(process.exitValue(), output.text(), complaints.text());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while a command ran");
    } finally {
      kill(process);
    }
  }

  private static Process start(List<String> command, Path folder) throws NotJoinableException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    String systemRoot = File.separatorChar == '\\' ? environment.get(WINDOWS_NEEDS) : null;
    environment.clear();
    if (systemRoot != null) {
      environment.put(WINDOWS_NEEDS, systemRoot);
    }
    try {
      return builder.start();
    } catch (IOException e) {
      throw new NotJoinableException(Path.of(command.get(0)).getFileName() + " cannot be started");
    }
  }

  /** With what it started, as {@code ffmpeg} may be a script around the real one. */
  private static void kill(Process process) {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }
}
