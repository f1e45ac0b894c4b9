package seedance.activities.generation;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A note in the store, which is waited for only so long: a store that hangs must not hold what is
 * noted.
 */
final class TimelyNote {
  private TimelyNote() {}

  /** Writes into the store. */
  interface Note {
    void write() throws IOException;
  }

  /**
   * Writes a note. One that takes longer is written on, and may be there later.
   *
   * @throws IOException when it cannot be written, or is not yet
   */
  static void write(Note note, Duration within) throws IOException {
    FutureTask<Void> writing =
        new FutureTask<>(
            () -> {
              note.write();
              return null;
            });
    Thread thread = new Thread(writing, "seedance-note");
    thread.setDaemon(true);
    thread.start();
    try {
      writing.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("it does not answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new IllegalStateException("a note was not written", e.getCause());
    }
  }
}
