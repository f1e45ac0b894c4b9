package seedance.activities.store.s3;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Python's moto, an object store written by others, as a process; skipped where it is not there.
 */
final class MotoServer implements AutoCloseable {
  private static final Pattern RUNNING =
      Pattern.compile("Running on (http://127\\.0\\.0\\.1:\\d+)");

  /** Its own command answers several at once, and then lets two puts be the first (5.2.5). */
  private static final String ONE_REQUEST_AT_A_TIME =
      """
      from moto.server import DomainDispatcherApplication, create_backend_app
      from werkzeug.serving import run_simple
      run_simple("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=False)
      """;

  private final Process process;
  private final URI endpoint;

  private MotoServer(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  static MotoServer start() throws IOException {
    Process process = python();
    BufferedReader log =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      assumeFalse(
          line.startsWith("ModuleNotFoundError"), "skipped: python3 has no moto: moto[server,s3]");
      Matcher running = RUNNING.matcher(line);
      if (running.find()) {
        inBackground(log);
        MotoServer server = new MotoServer(process, URI.create(running.group(1)));
        ObjectStoreServer.makeBucket(server.endpoint);
        return server;
      }
    }
    throw new IOException("moto does not start");
  }

  private static Process python() {
    try {
      return new ProcessBuilder("python3", "-c", ONE_REQUEST_AT_A_TIME)
          .redirectErrorStream(true)
          .start();
    } catch (IOException absent) {
      return abort("skipped: python3 is not on the PATH");
    }
  }

  /** Else its log fills the pipe, and it stands still. */
  private static void inBackground(BufferedReader log) {
    Thread thread = new Thread(() -> log.lines().forEach(line -> {}), "moto-log");
    thread.setDaemon(true);
    thread.start();
  }

  String location(String prefix) {
    return ObjectStoreServer.location(endpoint, prefix);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
