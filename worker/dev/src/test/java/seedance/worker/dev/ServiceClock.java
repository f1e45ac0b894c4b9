package seedance.worker.dev;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import seedance.worker.dev.simulator.CreateListener;
import seedance.worker.dev.simulator.SimulatorSettings;

/**
 * The simulated service's time. It passes as everywhere, but stands still from the creation of a
 * task whose prompt says {@code [simulate:slow]} until a test lets it go on: so what a test does
 * while that task is made meets it unfinished, however busy the machine is.
 */
final class ServiceClock extends Clock implements CreateListener {
  /** Longer than any queue and shorter than a slow task, at the speeds that tests have. */
  private static final Duration INTO_A_SLOW_TASK = Duration.ofMillis(500);

  private static final Duration BEYOND_ITS_END = Duration.ofMinutes(1);

  private Duration ahead = Duration.ZERO;
  private Instant stoodStillAt;

  /** The settings of a simulated service that has this clock. */
  SimulatorSettings.Builder simulator() {
    return SimulatorSettings.builder().clock(this).createListener(this);
  }

  @Override
  public synchronized void created(String taskId, JsonNode body) {
    if (stoodStillAt == null && body.path("content").toString().contains("[simulate:slow]")) {
      stoodStillAt = instant();
    }
  }

  /** Tasks that were queued when the time stood still now run, until {@link #goOn}. */
  synchronized void letSlowTasksRun() {
    stoodStillAt = stoodStillAt.plus(INTO_A_SLOW_TASK);
  }

  /** Time passes again, and slow tasks are over. */
  synchronized void goOn() {
    ahead = Duration.between(Instant.now(), stoodStillAt).plus(BEYOND_ITS_END);
    stoodStillAt = null;
  }

  @Override
  public synchronized Instant instant() {
    return stoodStillAt != null ? stoodStillAt : Instant.now().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
