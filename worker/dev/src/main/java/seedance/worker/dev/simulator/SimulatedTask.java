package seedance.worker.dev.simulator;

import java.time.Instant;
import java.util.Set;

/**
 * A task at one moment.
 *
 * @param id such as {@code cgt-20261122184501-6bbjd}
 * @param generation what is made
 * @param pace how long its stages take
 * @param unheard the statuses whose callbacks are lost
 * @param status where it stands
 * @param createdAt when it was created
 * @param updatedAt when it came to this status
 */
record SimulatedTask(
    String id,
    Generation generation,
    SimulatedPace pace,
    Set<SimulatedStatus> unheard,
    SimulatedStatus status,
    Instant createdAt,
    Instant updatedAt) {

  SimulatedTask become(SimulatedStatus next, Instant at) {
    return new SimulatedTask(id, generation, pace, unheard, next, createdAt, at);
  }

  Instant readyAt() {
    return createdAt.plus(pace.queued());
  }

  Instant expiresAt() {
    return createdAt.plus(pace.atMost());
  }

  /** When a running task ends. */
  Instant endsAt() {
    Instant done = updatedAt.plus(pace.running());
    return done.isBefore(expiresAt()) ? done : expiresAt();
  }

  /** How a running task ends. */
  SimulatedStatus ending() {
    if (!endsAt().isBefore(expiresAt())) {
      return SimulatedStatus.EXPIRED;
    }
    return switch (generation.script().ending()) {
      case SUCCEED, REJECT -> SimulatedStatus.SUCCEEDED;
      case FAIL -> SimulatedStatus.FAILED;
      case EXPIRE -> SimulatedStatus.EXPIRED;
    };
  }
}
