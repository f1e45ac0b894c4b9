package seedance.activities.generation;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import seedance.activities.provider.Cancellation;
import seedance.activities.provider.Creation;
import seedance.activities.provider.Listing;
import seedance.activities.provider.Puzzle;
import seedance.activities.provider.Task;
import seedance.activities.provider.TaskError;
import seedance.activities.provider.TaskLook;
import seedance.activities.provider.TaskStatus;
import seedance.activities.provider.VideoProvider;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.GenerationOutcome;
import seedance.workflows.json.Json;

/** Answers what a test wrote down, in order, the last answer again and again. */
final class ScriptedProvider implements VideoProvider {
  static final String TASK = "cgt-20261122184500-abcde";
  static final GenerationOutcome OUTCOME =
      new GenerationOutcome(
          "doubao-seedance-2-0-260128",
          Instant.parse("2026-11-22T18:00:00Z"),
          Instant.parse("2026-11-22T18:01:50Z"),
          97151L,
          "720p",
          "16:9",
          5.0,
          null,
          24,
          true,
          108900L,
          108900L);

  final List<Json> created = new ArrayList<>();
  final List<String> looked = new ArrayList<>();
  private final Deque<Supplier<TaskLook>> looks = new ArrayDeque<>();
  final List<String> cancelled = new ArrayList<>();
  private Supplier<Listing> listing = Listing.Unsupported::new;
  private Cancellation cancellation = new Cancellation.Unsupported();
  private Supplier<Creation> creation = () -> new Creation.Created(TASK);
  Instant sendBefore;
  Duration lookedWithin;
  Instant listedFrom;
  Instant listedUntil;

  ScriptedProvider onCreate(Creation answer) {
    return onCreate(() -> answer);
  }

  ScriptedProvider onCreate(Supplier<Creation> answer) {
    creation = answer;
    return this;
  }

  ScriptedProvider onList(Listing answer) {
    return onList(() -> answer);
  }

  ScriptedProvider onList(Supplier<Listing> answer) {
    listing = answer;
    return this;
  }

  ScriptedProvider onCancel(Cancellation answer) {
    cancellation = answer;
    return this;
  }

  ScriptedProvider onLook(TaskLook answer) {
    return onLook(() -> answer);
  }

  ScriptedProvider onLook(Supplier<TaskLook> answer) {
    looks.add(answer);
    return this;
  }

  static TaskLook succeeded(URI video) {
    return succeeded(video, null);
  }

  static TaskLook succeeded(URI video, URI lastFrame) {
    return new TaskLook.Seen(
        new Task(
            TASK,
            TaskStatus.Known.SUCCEEDED,
            OUTCOME,
            Optional.empty(),
            Optional.of(video),
            Optional.ofNullable(lastFrame)));
  }

  static TaskLook going(TaskStatus status) {
    return new TaskLook.Seen(
        new Task(TASK, status, OUTCOME, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  /** A task that has succeeded, and whose video is not there. */
  static TaskLook puzzling(Puzzle puzzle) {
    return new TaskLook.Seen(
        new Task(
            TASK,
            TaskStatus.Strange.SUCCEEDED_WITHOUT_VIDEO,
            OUTCOME,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(puzzle)));
  }

  /** A task that names a video beside a word for its status that nobody knows. */
  static TaskLook puzzling(String word, URI video) {
    return new TaskLook.Seen(
        new Task(
            TASK,
            new TaskStatus.Strange(word),
            OUTCOME,
            Optional.empty(),
            Optional.of(video),
            Optional.empty(),
            Optional.of(new Puzzle(Puzzle.Kind.UNKNOWN_WORD_BESIDE_VIDEO, "not known"))));
  }

  static TaskLook ended(TaskStatus status, FailureType failure) {
    return ended(status, TaskError.of(failure, "InternalServiceError", "", "req-1", ""));
  }

  static TaskLook ended(TaskStatus status, TaskError error) {
    return new TaskLook.Seen(
        new Task(TASK, status, OUTCOME, Optional.of(error), Optional.empty(), Optional.empty()));
  }

  static TaskLook noSuchTask() {
    return new TaskLook.NoSuchTask("the service knows no such task");
  }

  @Override
  public Creation create(Json body, Instant sendBefore) {
    created.add(body);
    this.sendBefore = sendBefore;
    return creation.get();
  }

  @Override
  public TaskLook look(String taskId, Duration within) {
    looked.add(taskId);
    lookedWithin = within;
    return (looks.size() > 1 ? looks.poll() : looks.element()).get();
  }

  @Override
  public Listing list(Instant createdFrom, Instant createdUntil) {
    listedFrom = createdFrom;
    listedUntil = createdUntil;
    return listing.get();
  }

  @Override
  public Cancellation cancel(String taskId, Instant sendBefore) {
    cancelled.add(taskId);
    this.sendBefore = sendBefore;
    return cancellation;
  }
}
