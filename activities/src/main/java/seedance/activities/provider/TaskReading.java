package seedance.activities.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import seedance.activities.provider.TaskStatus.Known;
import seedance.activities.provider.TaskStatus.Strange;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.GenerationOutcome;
import seedance.workflows.generation.TaskId;

/**
 * Reads a task in any of the shapes in which the service and its gateways describe one. What cannot
 * be is not known: nothing here is ever an exception later.
 */
final class TaskReading {
  /** No URL, which nothing may tell. */
  private static final Pattern MODEL = Pattern.compile("(?:(?!://)[A-Za-z0-9._:/-]){1,100}");

  private static final Pattern FORMAT = Pattern.compile("[A-Za-z0-9:]{1,20}");

  /** H: at most 64 characters; printable ones, as it is shown. */
  private static final Pattern SAFETY_IDENTIFIER = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1,64}");

  /** Names of fields that can be shown; others may hold anything. */
  private static final Pattern FIELD = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,39}");

  private static final int MOST_FIELDS = 24;

  /** The service's clock may be ahead of ours by this. */
  private static final Duration AHEAD = Duration.ofHours(24);

  private static final double LONGEST_VIDEO = 3_600;
  private static final int MOST_FRAMES = 1_000_000;
  private static final int MOST_FRAMES_PER_SECOND = 1_000;

  private final ServiceWords words;
  private final ServiceUrls urls;
  private final Instant now;

  /**
   * @param now what lies long after it cannot be the time of anything
   */
  TaskReading(ServiceWords words, ServiceUrls urls, Instant now) {
    this.words = words;
    this.urls = urls;
    this.now = now;
  }

  /**
   * @param task the part of the reply that is about the task
   * @param reply all of it
   */
  Task read(String taskId, JsonNode task, JsonNode reply, Headers headers) {
    VideoUrls found = new VideoUrls(urls, taskId);
    TaskStatus status = words.status(statusWord(task));
    Optional<VideoUrls.Candidate> named = found.video(task, reply, status == Known.SUCCEEDED);
    Optional<URI> video = named.map(VideoUrls.Candidate::url);
    Optional<Puzzle> puzzle = Optional.empty();
    if (status == Known.SUCCEEDED && video.isEmpty()) {
      status = Strange.SUCCEEDED_WITHOUT_VIDEO;
      puzzle =
          Optional.of(
              new Puzzle(
                  Puzzle.Kind.NO_VIDEO,
                  "finished, but names no video (its fields: " + fields(task) + ")"));
    } else if (status instanceof Strange strange && looksFinal(strange, task, video.isPresent())) {
      boolean isSure = named.filter(VideoUrls.Candidate::isSure).isPresent();
      puzzle = Optional.of(unknownWord(strange, isSure));
    }
    Optional<TaskError> error =
        status.isOver() && status != Known.SUCCEEDED
            ? Optional.of(error((Known) status, task, reply, headers))
            : Optional.empty();
    Task read =
        new Task(
            taskId,
            status,
            facts(task, status.isOver() || status == Strange.SUCCEEDED_WITHOUT_VIDEO),
            error,
            video,
            found.lastFrame(task),
            puzzle);
    return read.isPuzzle(Puzzle.Kind.NO_VIDEO) && isArksOwn(task) && read.endedOverADayBefore(now)
        ? read.cleared()
        : read;
  }

  /**
   * The service's own object, whose video is nowhere else; those of gateways have further fields
   * (M), and the clip may still be with them.
   */
  private static boolean isArksOwn(JsonNode task) {
    return !task.has("object") && !task.has("progress") && !task.has("completed_at");
  }

  /** Reads a task of a list; empty where its id cannot be one. */
  Optional<ListedTask> listed(JsonNode task) {
    String id = Tolerant.text(task.path("id"));
    if (!TaskId.isOne(id)) {
      return Optional.empty();
    }
    TaskStatus status = words.status(statusWord(task));
    return Optional.of(
        new ListedTask(
            id,
            status,
            facts(task, status.isOver()),
            Tolerant.text(task.path("safety_identifier"), SAFETY_IDENTIFIER)));
  }

  /** Whether a part of a reply says where a task stands. */
  static boolean hasStatus(JsonNode node) {
    return !statusWord(node).isEmpty() || statusField(node).isTextual();
  }

  /** Whether it says so in a word, as against a number, which may be an HTTP status. */
  static boolean hasStatusWord(JsonNode node) {
    return statusField(node).isTextual();
  }

  static String statusWord(JsonNode node) {
    JsonNode status = statusField(node);
    boolean isNumber =
        status.isIntegralNumber() && status.canConvertToInt() && Math.abs(status.intValue()) < 100;
    return status.isTextual() || isNumber ? status.asText() : "";
  }

  private static JsonNode statusField(JsonNode node) {
    return Tolerant.first(
        node.path("status"), node.path("task_status"), node.path("taskStatus"), node.path("state"));
  }

  private static Puzzle unknownWord(Strange status, boolean isBesideVideo) {
    return new Puzzle(
        isBesideVideo && !status.looksFailed()
            ? Puzzle.Kind.UNKNOWN_WORD_BESIDE_VIDEO
            : Puzzle.Kind.UNKNOWN_WORD,
        "its status \"%s\" is not known and looks final; SEEDANCE_SERVICE_WORDS can say what it means"
            .formatted(status.word()));
  }

  private static boolean looksFinal(Strange status, JsonNode task, boolean hasVideo) {
    return hasVideo
        || status.looksFinal()
        || new Facts(task).time("completed_at", "finished_at", "finish_time") != null
        || Tolerant.text(task.path("progress")).strip().matches("100(\\.0+)?%?")
        || ErrorReading.in(task, Headers.EMPTY).isPresent();
  }

  /** The names of what is there, two levels of them, and never what they hold. */
  private static String fields(JsonNode task) {
    List<String> names = new ArrayList<>();
    task.properties().forEach(field -> addNames(field, names));
    String shown =
        names.stream()
            .filter(FIELD.asMatchPredicate())
            .limit(MOST_FIELDS)
            .collect(Collectors.joining(", "));
    return shown.isEmpty() ? "none" : names.size() > MOST_FIELDS ? shown + ", …" : shown;
  }

  private static void addNames(Map.Entry<String, JsonNode> field, List<String> into) {
    JsonNode value = field.getValue();
    if (value.isObject() && !value.isEmpty() && value.size() <= MOST_FIELDS) {
      value.fieldNames().forEachRemaining(inner -> into.add(field.getKey() + "." + inner));
    } else {
      into.add(field.getKey());
    }
  }

  private TaskError error(Known status, JsonNode task, JsonNode reply, Headers headers) {
    FailureType byStatus =
        switch (status) {
          case EXPIRED -> FailureType.TASK_EXPIRED;
          case CANCELLED -> FailureType.TASK_CANCELLED;
          default -> FailureType.TASK_FAILED;
        };
    return TaskError.read(byStatus, ErrorReading.ofEnded(task, reply, headers), words);
  }

  /** The code of a reply that is about no task of ours. */
  String toldCode(ErrorBody error) {
    return Redaction.blind().code(error, words);
  }

  private GenerationOutcome facts(JsonNode task, boolean isOver) {
    Facts facts = new Facts(task);
    Instant createdAt = notAhead(facts.time("created_at", "created", "create_time", "submit_time"));
    Instant finishedAt =
        isOver
            ? notAhead(facts.time("completed_at", "finished_at", "finish_time", "updated_at"))
            : null;
    boolean endsBeforeItBegins =
        createdAt != null && finishedAt != null && finishedAt.isBefore(createdAt);
    Long total = facts.tokens("total_tokens", "totalTokens");
    Long completion = facts.tokens("completion_tokens", "completionTokens");
    return new GenerationOutcome(
        Tolerant.text(facts.get("model"), MODEL),
        createdAt,
        endsBeforeItBegins ? null : finishedAt,
        Tolerant.whole(facts.get("seed")),
        Tolerant.text(facts.get("resolution"), FORMAT),
        Tolerant.text(facts.get("ratio"), FORMAT),
        facts.seconds("duration", "seconds", "actualDuration", "actual_duration"),
        facts.count(MOST_FRAMES, "frames"),
        facts.count(MOST_FRAMES_PER_SECOND, "framespersecond"),
        Tolerant.flag(facts.get("generate_audio")),
        // What a gateway that tells no more tells (M); for video the two are the same (H).
        completion == null ? total : completion,
        total);
  }

  private @Nullable Instant notAhead(@Nullable Instant time) {
    return time == null || time.isAfter(now.plus(AHEAD)) ? null : time;
  }

  /** Facts stand beside the status, in a gateway's metadata, or in the reply that it wraps. */
  private record Facts(JsonNode task) {
    JsonNode get(String... names) {
      return Tolerant.first(nodes(names).toArray(JsonNode[]::new));
    }

    @Nullable Instant time(String... names) {
      return first(Tolerant::time, names);
    }

    @Nullable Double seconds(String... names) {
      return first(
          node -> {
            Double number = Tolerant.number(node);
            return number == null || number <= 0 || number > LONGEST_VIDEO ? null : number;
          },
          names);
    }

    @Nullable Integer count(int most, String... names) {
      return first(
          node -> {
            Integer count = Tolerant.small(node);
            return count == null || count < 1 || count > most ? null : count;
          },
          names);
    }

    /** In the usage, or flat beside it. A gateway that knows none may write 0 or -1 (L). */
    @Nullable Long tokens(String... names) {
      return Stream.concat(levels().map(level -> level.path("usage")), levels())
          .flatMap(level -> Stream.of(names).map(level::path))
          .flatMap(node -> Tolerant.tokens(node).stream())
          .findFirst()
          .orElse(null);
    }

    private <T> @Nullable T first(Function<JsonNode, @Nullable T> reading, String... names) {
      return nodes(names)
          .map(node -> Optional.ofNullable(reading.apply(node)))
          .flatMap(Optional::stream)
          .findFirst()
          .orElse(null);
    }

    private Stream<JsonNode> nodes(String... names) {
      return levels().flatMap(level -> Stream.of(names).map(level::path));
    }

    private Stream<JsonNode> levels() {
      return Stream.of(task, task.path("metadata"), task.path("data"));
    }
  }
}
