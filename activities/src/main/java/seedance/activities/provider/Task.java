package seedance.activities.provider;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import seedance.workflows.generation.GenerationOutcome;

/**
 * A task as the service describes it.
 *
 * @param id the id that was asked for
 * @param outcome the facts that the service reports, each null where it reports none
 * @param error why there is no video: present exactly when the status is failed, expired or
 *     cancelled
 * @param videoUrl signed and short-lived; always present when the status is succeeded
 * @param lastFrameUrl signed and short-lived
 * @param puzzle why it may be over although its status does not say so; never of one that is over
 */
public record Task(
    String id,
    TaskStatus status,
    GenerationOutcome outcome,
    Optional<TaskError> error,
    Optional<URI> videoUrl,
    Optional<URI> lastFrameUrl,
    Optional<Puzzle> puzzle) {
  private static final Duration URLS_LIVE = Duration.ofHours(24);

  public Task {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(error, "error");
    Objects.requireNonNull(videoUrl, "videoUrl");
    Objects.requireNonNull(lastFrameUrl, "lastFrameUrl");
    Objects.requireNonNull(puzzle, "puzzle");
    boolean succeeded = status == TaskStatus.Known.SUCCEEDED;
    if (succeeded && videoUrl.isEmpty()) {
      throw new IllegalArgumentException("a succeeded task has a video");
    }
    if (error.isPresent() != (status.isOver() && !succeeded)) {
      throw new IllegalArgumentException("an error belongs to a task that ended without a video");
    }
  }

  /** A task that is no puzzle. */
  public Task(
      String id,
      TaskStatus status,
      GenerationOutcome outcome,
      Optional<TaskError> error,
      Optional<URI> videoUrl,
      Optional<URI> lastFrameUrl) {
    this(id, status, outcome, error, videoUrl, lastFrameUrl, Optional.empty());
  }

  /** This task, whose video was found where its reply did not say. */
  Task withVideo(URI url) {
    return new Task(id, TaskStatus.Known.SUCCEEDED, outcome, error, Optional.of(url), lastFrameUrl);
  }

  /** Whether it is a puzzle of a kind. */
  public boolean isPuzzle(Puzzle.Kind kind) {
    return puzzle.isPresent() && puzzle.get().kind() == kind;
  }

  /** Whether it ended so long ago that the service has cleared its URLs (H: after 24 h). */
  boolean endedOverADayBefore(Instant now) {
    return outcome.finishedAt() != null && !now.isBefore(outcome.finishedAt().plus(URLS_LIVE));
  }

  /** This task, whose video is gone for good. */
  Task cleared() {
    return withPuzzle(
        new Puzzle(
            Puzzle.Kind.CLEARED,
            "the task ended over a day ago, and the service names its video no more"));
  }

  /** This task, with another puzzle. */
  Task withPuzzle(Puzzle other) {
    return new Task(id, status, outcome, error, videoUrl, lastFrameUrl, Optional.of(other));
  }

  /** Shows no URL, as they are signed. */
  @Override
  public String toString() {
    return "Task[id=%s, status=%s, error=%s, video=%s, lastFrame=%s]"
        .formatted(
            id,
            status.word(),
            error.map(TaskError::toString).orElse("none"),
            videoUrl.isPresent() ? "yes" : "no",
            lastFrameUrl.isPresent() ? "yes" : "no");
  }
}
