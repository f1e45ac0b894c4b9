package seedance.activities.provider;

import mockwebserver3.MockWebServer;

/** {@link ResultFiles} for tests of other packages. */
public final class TestFiles {
  private TestFiles() {}

  /** Trusts the server as the operator's own. */
  public static ResultFiles of(MockWebServer server) {
    return new ResultFiles(server.url("/").uri(), TestServer.PATIENT, TestServer.CLOCK);
  }

  /** Waits for a stalled file 0.4 s only. */
  public static ResultFiles impatientlyOf(MockWebServer server) {
    return new ResultFiles(server.url("/").uri(), TestServer.IMPATIENT, TestServer.CLOCK);
  }
}
