package seedance.worker.chaos;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A process that can be killed and started again, and does not outlive this one. */
final class ChildProcess implements AutoCloseable {
  private final ProcessBuilder command;
  private final Thread atExit = new Thread(this::close);
  private Process process;
  private boolean closed;

  /**
   * @param environment what is added to this process's own
   * @param log what its output is appended to
   */
  ChildProcess(List<String> command, Map<String, String> environment, Path log) {
    File file = log.toFile();
    this.command =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(file));
    this.command.environment().putAll(environment);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Starts it, or starts it again. */
  synchronized void start() {
    if (closed) {
      return;
    }
    try {
      process = command.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it with SIGKILL, and waits until it is gone; false if it was not running. */
  synchronized boolean kill() {
    if (process == null || !process.isAlive()) {
      return false;
    }
    process.destroyForcibly().onExit().join();
    return true;
  }

  /**
   * Sends it a signal that lets it live.
   *
   * @param signal such as {@code STOP} or {@code CONT}
   */
  synchronized void signal(String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Completes when the process that runs now has ended. */
  synchronized CompletableFuture<Process> ended() {
    return process.onExit();
  }

  /** Whether it runs under this process id. */
  synchronized boolean runsAs(String pid) {
    return process != null && process.isAlive() && pid.equals(String.valueOf(process.pid()));
  }

  synchronized boolean isRunning() {
    return process != null && process.isAlive();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    kill();
  }
}
