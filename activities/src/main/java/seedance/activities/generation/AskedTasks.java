package seedance.activities.generation;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import seedance.activities.provider.Opened;
import seedance.activities.provider.ResultFiles;
import seedance.activities.provider.Task;
import seedance.activities.provider.TaskLook;
import seedance.activities.provider.TaskStatus;
import seedance.activities.provider.VideoProvider;
import seedance.workflows.request.GenerationOutput;

/** The tasks that one request refers to: each is asked for once, and all within one time. */
final class AskedTasks {
  /** The service's URLs live for 24 hours (H), and not every gateway makes fresh ones. */
  private static final Duration SURELY_ALIVE = Duration.ofHours(23);

  /** What a call gets that comes too late; zero would be no limit. */
  private static final Duration NO_TIME = Duration.ofMillis(1);

  private final VideoProvider provider;
  private final ResultFiles files;
  private final Clock clock;
  private final Instant until;
  private final Map<String, TaskLook> seen = new HashMap<>();

  /**
   * @param within from now on
   */
  AskedTasks(VideoProvider provider, ResultFiles files, Clock clock, Duration within) {
    this.provider = provider;
    this.files = files;
    this.clock = clock;
    this.until = clock.instant().plus(within);
  }

  /** Then what was answered last may be for want of time. */
  boolean isTooLate() {
    return !clock.instant().isBefore(until);
  }

  TaskLook look(String taskId) {
    return seen.computeIfAbsent(taskId, id -> provider.look(id, left()));
  }

  /** A URL of a task's that the service can fetch; empty where it names none. */
  Optional<URI> liveUrl(Task task, GenerationOutput output) {
    Optional<URI> url =
        task.status() != TaskStatus.Known.SUCCEEDED
            ? Optional.empty()
            : output == GenerationOutput.VIDEO ? task.videoUrl() : task.lastFrameUrl();
    // What only our key opens is of no use to the service.
    return url.filter(
        link ->
            files.isKeyed(link)
                ? files.isForEveryone(link, left())
                : isYoung(task.outcome().finishedAt()) || !isDead(link));
  }

  /**
   * Whether what was made at a moment surely has its URL yet.
   *
   * @param madeAt null where that is not known
   */
  boolean isYoung(@Nullable Instant madeAt) {
    return madeAt != null && clock.instant().isBefore(madeAt.plus(SURELY_ALIVE));
  }

  /** That we cannot reach it says nothing about the service. */
  private boolean isDead(URI url) {
    Opened opened = files.open(url, Optional.empty(), left());
    if (opened instanceof Opened.Open open) {
      try (open) {
        return false;
      } catch (IOException e) {
        return false;
      }
    }
    return opened instanceof Opened.Expired;
  }

  private Duration left() {
    Duration left = Duration.between(clock.instant(), until);
    return left.compareTo(NO_TIME) > 0 ? left : NO_TIME;
  }
}
