package seedance.activities.chain;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The first bytes of what a command writes. The rest is read and dropped, or it would wait. */
final class CommandOutput {
  static final int MOST_KEPT = 1 << 20;

  /** A process of the command's that outlives it may hold the stream open. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private static final int BUFFER_BYTES = 64 * 1024;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final InputStream stream;
  private final Thread reader;

  CommandOutput(InputStream stream) {
    this.stream = stream;
    this.reader = new Thread(this::read, "seedance-command-output");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (stream) {
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        synchronized (kept) {
          kept.write(buffer, 0, Math.min(read, MOST_KEPT - kept.size()));
        }
      }
    } catch (IOException closed) {
      // By a process that was killed; what came before is kept.
    }
  }

  /** What was kept, once the command has ended. */
  String text() throws InterruptedException {
    reader.join(LONGEST_WAIT.toMillis());
    synchronized (kept) {
      return kept.toString(StandardCharsets.UTF_8);
    }
  }
}
