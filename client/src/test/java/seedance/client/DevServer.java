package seedance.client;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import seedance.worker.dev.TemporalServer;

/**
 * The real dev server with a worker, for a class; which is skipped where there is no such server.
 */
public final class DevServer implements BeforeAllCallback, AfterAllCallback {
  private final Class<?>[] moreWorkflows;
  private TemporalServer server;
  private FakeWorker worker;

  public DevServer(Class<?>... moreWorkflows) {
    this.moreWorkflows = moreWorkflows;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Optional<Path> command = TemporalServer.commandOnPath(System.getenv("PATH"));
    assumeTrue(command.isPresent(), "skipped: the temporal command is not on the PATH");
    // Of two that begin at once, both would find the usual port free, and one reach the other's.
    synchronized (DevServer.class) {
      server = TemporalServer.devServer(command.get());
    }
    worker = new FakeWorker(server.address(), moreWorkflows);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (worker != null) {
      worker.close();
    }
    if (server != null) {
      server.close();
    }
  }

  public String address() {
    return server.address();
  }

  public FakeWorker worker() {
    return worker;
  }
}
