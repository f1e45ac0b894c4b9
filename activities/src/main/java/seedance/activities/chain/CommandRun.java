package seedance.activities.chain;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command that has ended.
 *
 * @param output at most {@link #MOST_SHOWN} bytes of its standard output
 * @param complaints as much of its standard error, which may quote paths
 */
record CommandRun(int exitCode, String output, String complaints) {
  private static final int MOST_SHOWN = 1 << 20;
  private static final long CHECK_MILLIS = 200;

  /** Told again and again while a command runs; what it throws kills the command. */
  @FunctionalInterface
  interface Watch {
    void check() throws IOException;
  }

  boolean succeeded() {
    return exitCode == 0;
  }

  /**
   * Runs a command without a shell, and without input. It does not outlive the call.
   *
   * @throws InterruptedIOException when the thread is interrupted
   * @throws NotJoinableException when the command cannot be started
   * @throws IOException when there is no room for its output
   */
  static CommandRun of(List<String> command, Watch watch) throws IOException {
    Path output = Files.createTempFile("seedance-", ".out");
    Path complaints = Files.createTempFile("seedance-", ".err");
    try {
      Process process = start(command, output, complaints);
      try {
        process.getOutputStream().close();
        while (!process.waitFor(CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
          watch.check();
        }
        return new CommandRun(process.exitValue(), head(output), head(complaints));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("stopped while a command ran");
      } finally {
        process.destroyForcibly().onExit().join();
      }
    } finally {
      Files.deleteIfExists(output);
      Files.deleteIfExists(complaints);
    }
  }

  private static Process start(List<String> command, Path output, Path complaints)
      throws NotJoinableException {
    try {
      return new ProcessBuilder(command)
          .redirectOutput(output.toFile())
          .redirectError(complaints.toFile())
          .start();
    } catch (IOException e) {
      throw new NotJoinableException(Path.of(command.get(0)).getFileName() + " cannot be started");
    }
  }

  private static String head(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return new String(content.readNBytes(MOST_SHOWN), StandardCharsets.UTF_8);
    }
  }
}
