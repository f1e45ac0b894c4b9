package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.Headers;
import seedance.activities.provider.TaskStatus.Known;
import seedance.activities.provider.TaskStatus.Strange;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.GenerationOutcome;
import seedance.workflows.generation.ServiceError;

/** Reads a task in any of the shapes in which the service and its gateways describe one. */
final class TaskReading {
  /**
   * H: the six of the service; M: those of gateways, in either case. A word that is not here is
   * {@link Strange}: to end a paid task by mistake is worse than to look once more.
   */
  private static final Map<String, Known> STATUSES =
      Map.ofEntries(
          Map.entry("queued", Known.QUEUED),
          Map.entry("submitted", Known.QUEUED),
          Map.entry("pending", Known.QUEUED),
          Map.entry("not_start", Known.QUEUED),
          Map.entry("running", Known.RUNNING),
          Map.entry("in_progress", Known.RUNNING),
          Map.entry("processing", Known.RUNNING),
          Map.entry("succeeded", Known.SUCCEEDED),
          Map.entry("success", Known.SUCCEEDED),
          Map.entry("completed", Known.SUCCEEDED),
          Map.entry("failed", Known.FAILED),
          Map.entry("failure", Known.FAILED),
          Map.entry("error", Known.FAILED),
          Map.entry("expired", Known.EXPIRED),
          Map.entry("cancelled", Known.CANCELLED),
          Map.entry("canceled", Known.CANCELLED));

  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9._:/-]{1,100}");
  private static final Pattern FORMAT = Pattern.compile("[A-Za-z0-9:]{1,20}");

  /** H: at most 64 characters; printable ones, as it is shown. */
  private static final Pattern SAFETY_IDENTIFIER = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1,64}");

  private TaskReading() {}

  static Task of(String taskId, JsonNode task, Headers headers) {
    Optional<URI> video = videoUrl(task);
    TaskStatus status = status(task.path("status").asText());
    if (status == Known.SUCCEEDED && video.isEmpty()) {
      status = Strange.SUCCEEDED_WITHOUT_VIDEO;
    }
    Optional<ServiceError> error =
        status.isOver() && status != Known.SUCCEEDED
            ? Optional.of(error((Known) status, task, headers))
            : Optional.empty();
    return new Task(taskId, status, facts(task, status.isOver()), error, video, lastFrameUrl(task));
  }

  /** Reads a task of a list; empty where its id cannot be one. */
  static Optional<ListedTask> listed(JsonNode task) {
    String id = Tolerant.text(task.path("id"));
    if (!TaskId.isOne(id)) {
      return Optional.empty();
    }
    TaskStatus status = status(task.path("status").asText());
    return Optional.of(
        new ListedTask(
            id,
            status,
            facts(task, status.isOver()),
            Tolerant.text(task.path("safety_identifier"), SAFETY_IDENTIFIER)));
  }

  static TaskStatus status(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    Known known = STATUSES.get(word);
    if (known != null) {
      return known;
    }
    String spelled = text.strip().replace(' ', '_');
    return Strange.isWord(spelled) ? new Strange(spelled) : Strange.NO_WORD;
  }

  private static Optional<URI> videoUrl(JsonNode task) {
    return firstUrl(
        task.path("content").path("video_url"),
        task.path("metadata").path("url"),
        task.path("video_url"),
        task.path("url"),
        // A gateway of the new-api family keeps the service's own reply inside its own.
        task.path("data").path("content").path("video_url"));
  }

  private static Optional<URI> lastFrameUrl(JsonNode task) {
    return firstUrl(
        task.path("content").path("last_frame_url"),
        task.path("metadata").path("last_frame_url"),
        task.path("last_frame_url"),
        task.path("data").path("content").path("last_frame_url"));
  }

  private static Optional<URI> firstUrl(JsonNode... candidates) {
    return Stream.of(candidates).map(Tolerant::url).flatMap(Optional::stream).findFirst();
  }

  private static ServiceError error(Known status, JsonNode task, Headers headers) {
    ErrorBody error = ErrorBody.in(task, headers);
    FailureType byCode = Objects.requireNonNullElse(error.moderated(), FailureType.TASK_FAILED);
    return error.toServiceError(
        switch (status) {
          case EXPIRED -> FailureType.TASK_EXPIRED;
          case CANCELLED -> FailureType.TASK_CANCELLED;
          default -> byCode;
        });
  }

  private static GenerationOutcome facts(JsonNode task, boolean isOver) {
    Facts facts = new Facts(task);
    return new GenerationOutcome(
        Tolerant.text(facts.get("model"), MODEL),
        Tolerant.time(facts.get("created_at")),
        isOver ? Tolerant.time(facts.get("completed_at", "updated_at", "finish_time")) : null,
        Tolerant.whole(facts.get("seed")),
        Tolerant.text(facts.get("resolution"), FORMAT),
        Tolerant.text(facts.get("ratio"), FORMAT),
        Tolerant.number(facts.get("duration", "seconds")),
        Tolerant.small(facts.get("frames")),
        Tolerant.small(facts.get("framespersecond")),
        Tolerant.flag(facts.get("generate_audio")),
        Tolerant.whole(facts.get("usage").path("completion_tokens")),
        Tolerant.whole(facts.get("usage").path("total_tokens")));
  }

  /** Facts stand beside the status, in a gateway's metadata, or in the reply that it wraps. */
  private record Facts(JsonNode task) {
    JsonNode get(String... names) {
      JsonNode[] candidates =
          Stream.of(task, task.path("metadata"), task.path("data"))
              .flatMap(level -> Stream.of(names).map(level::path))
              .toArray(JsonNode[]::new);
      return Tolerant.first(candidates);
    }
  }
}
