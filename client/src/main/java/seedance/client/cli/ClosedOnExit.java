package seedance.client.cli;

import java.util.concurrent.CountDownLatch;

/** Closes something once: when the command ends, or when Ctrl-C or SIGTERM ends the process. */
final class ClosedOnExit implements AutoCloseable {
  private final AutoCloseable resource;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::closeResource, "close-on-exit");

  ClosedOnExit(AutoCloseable resource) {
    this.resource = resource;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Waits for Ctrl-C or SIGTERM. */
  void awaitExit() throws InterruptedException {
    closed.await();
  }

  private synchronized void closeResource() {
    if (closed.getCount() == 0) {
      return;
    }
    try {
      resource.close();
    } catch (Exception e) {
      throw new IllegalStateException("could not be closed", e);
    } finally {
      closed.countDown();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException goingDown) {
      // The hook closes it, and the process ends with it.
      return;
    }
    closeResource();
  }
}
