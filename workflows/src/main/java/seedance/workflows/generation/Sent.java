package seedance.workflows.generation;

import java.time.Instant;

/**
 * One submission and what is known of it.
 *
 * @param after it was not sent before this moment
 * @param before it cannot be sent any more after this moment
 */
record Sent(Submission submission, SubmitOutcome outcome, Instant after, Instant before) {}
