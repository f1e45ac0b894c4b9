package seedance.activities.provider;

import java.net.URI;
import java.util.Optional;
import mockwebserver3.MockWebServer;

/** {@link ResultFiles} for tests of other packages. */
public final class TestFiles {
  private TestFiles() {}

  /** Trusts the server as the operator's own. */
  public static ResultFiles of(MockWebServer server) {
    return of(server, TestServer.PATIENT);
  }

  /** Trusts a host on this machine. */
  public static ResultFiles of(URI host) {
    return new ResultFiles(
        TestServer.urls(host), Optional.empty(), TestServer.PATIENT, TestServer.CLOCK);
  }

  /** Trusts the server, and has a key for what is below a path of it. */
  public static ResultFiles below(MockWebServer server, String path) {
    return new ResultFiles(
        TestServer.urls(server.url(path).uri()),
        Optional.of(Secret.of(TestServer.KEY)),
        TestServer.PATIENT,
        TestServer.CLOCK);
  }

  /** Waits for a stalled file 0.4 s only. */
  public static ResultFiles impatientlyOf(MockWebServer server) {
    return of(server, TestServer.IMPATIENT);
  }

  private static ResultFiles of(MockWebServer server, Timeouts timeouts) {
    return new ResultFiles(
        TestServer.urls(server.url("/").uri()), Optional.empty(), timeouts, TestServer.CLOCK);
  }
}
