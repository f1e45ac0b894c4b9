package seedance.activities.provider;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import seedance.workflows.generation.GenerationOutcome;
import seedance.workflows.generation.ServiceError;

/**
 * A task as the service describes it.
 *
 * @param id the id that was asked for
 * @param outcome the facts that the service reports, each null where it reports none
 * @param error why there is no video: present exactly when the status is failed, expired or
 *     cancelled
 * @param videoUrl signed and short-lived; always present when the status is succeeded
 * @param lastFrameUrl signed and short-lived
 */
public record Task(
    String id,
    TaskStatus status,
    GenerationOutcome outcome,
    Optional<ServiceError> error,
    Optional<URI> videoUrl,
    Optional<URI> lastFrameUrl) {
  public Task {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(error, "error");
    Objects.requireNonNull(videoUrl, "videoUrl");
    Objects.requireNonNull(lastFrameUrl, "lastFrameUrl");
    boolean succeeded = status == TaskStatus.Known.SUCCEEDED;
    if (succeeded && videoUrl.isEmpty()) {
      throw new IllegalArgumentException("a succeeded task has a video");
    }
    if (error.isPresent() != (status.isOver() && !succeeded)) {
      throw new IllegalArgumentException("an error belongs to a task that ended without a video");
    }
  }

  /** Shows no URL, as they are signed. */
  @Override
  public String toString() {
    return "Task[id=%s, status=%s, error=%s, video=%s, lastFrame=%s]"
        .formatted(
            id,
            status.word(),
            error.map(ServiceError::toString).orElse("none"),
            videoUrl.isPresent() ? "yes" : "no",
            lastFrameUrl.isPresent() ? "yes" : "no");
  }
}
