package seedance.workflows.generation;

import java.time.Instant;

/**
 * A task whose video is there, and when that was seen.
 *
 * @param lastQueuedAt the last look that saw the task queued; null where none did
 */
record Finished(GenerationOutcome outcome, Instant lastQueuedAt, Instant noticedAt) {

  Timings timings(Instant acceptedAt, Instant storedAt) {
    return Timings.of(acceptedAt, lastQueuedAt, outcome.finishedAt(), noticedAt, storedAt);
  }
}
