package seedance.activities.generation;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells Temporal that this worker lives, whatever the activity's own thread waits for, so that
 * another worker takes over soon after a death and never before.
 */
public final class Heartbeat implements AutoCloseable {
  private static final long PERIOD_SECONDS = 3;

  private final ActivityExecutionContext activity;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "seedance-heartbeat");
            thread.setDaemon(true);
            return thread;
          });
  private volatile long bytes;
  private volatile @Nullable ActivityCompletionException cancelled;

  /** Beats until it is closed. */
  public Heartbeat(ActivityExecutionContext activity) {
    this.activity = activity;
    timer.scheduleWithFixedDelay(this::beat, 0, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Notes how far the work is.
   *
   * @throws ActivityCompletionException when the activity was cancelled or given to another worker
   */
  public void progress(long bytesSoFar) {
    bytes = bytesSoFar;
    if (cancelled != null) {
      throw cancelled;
    }
  }

  private void beat() {
    try {
      activity.heartbeat(bytes);
    } catch (ActivityCompletionException e) {
      cancelled = e;
    }
  }

  /** A beat that is under way may end, as to interrupt it would be logged as a failure. */
  @Override
  public void close() {
    timer.shutdown();
  }
}
