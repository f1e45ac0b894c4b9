package seedance.activities.generation;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seedance.activities.provider.Puzzle;
import seedance.activities.provider.Task;
import seedance.activities.provider.TaskLook;
import seedance.activities.provider.TaskStatus;
import seedance.activities.provider.VideoProvider;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.Look;
import seedance.workflows.generation.LookActivity;
import seedance.workflows.generation.LookRequest;
import seedance.workflows.generation.Problem;
import seedance.workflows.generation.ServiceError;
import seedance.workflows.json.Json;

/** Asks the service for a task's status and decides when to ask again. */
final class LookAtTask implements LookActivity {
  private static final Logger log = LoggerFactory.getLogger(LookAtTask.class);

  /**
   * How long the service must keep saying "no such task" before it is believed. A new task was seen
   * to be unknown for a while, a gateway that restarts forgets for minutes, and a worker with the
   * wrong base URL is noticed within hours; after a day the result would be gone in any case.
   */
  private static final Duration MISSING_FOR_GOOD = Duration.ofHours(24);

  /** The service deletes its record of a task after 7 days (H). */
  static final Duration RECORD_LIVES = Duration.ofDays(8);

  /** How long a task may outlive its own expiry at the service. */
  private static final Duration OVERDUE = Duration.ofDays(1);

  /** Looks that saw a video beside a word that nobody knows, before the video is fetched. */
  private static final int DOUBTS_BEFORE_HAND_OFF = 3;

  private static final String HELD_BACK =
      "the service was asked too often (429), so this worker waits with all its looks";

  private final VideoProvider provider;
  private final KeptRequests requests;
  private final LookSchedule schedule;
  private final Looks looks;
  private final LookGate gate;
  private final GenerationMetrics metrics;
  private final Clock clock;
  private final Supplier<String> workflowId;

  /**
   * @param workflowId of the generation whose activity runs
   */
  LookAtTask(
      VideoProvider provider,
      KeptRequests requests,
      Looks looks,
      LookGate gate,
      GenerationMetrics metrics,
      Clock clock,
      Supplier<String> workflowId) {
    this.provider = Objects.requireNonNull(provider, "provider");
    this.requests = Objects.requireNonNull(requests, "requests");
    this.looks = Objects.requireNonNull(looks, "looks");
    this.schedule = looks.schedule();
    this.gate = Objects.requireNonNull(gate, "gate");
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.workflowId = Objects.requireNonNull(workflowId, "workflowId");
  }

  @Override
  public Look look(LookRequest request) {
    Instant begun = clock.instant();
    Optional<Duration> heldBack = gate.comeBackIn();
    TaskLook answer =
        heldBack.isPresent()
            ? new TaskLook.NotSeen(HELD_BACK, heldBack)
            : provider.look(request.taskId());
    if (answer instanceof TaskLook.NotSeen notSeen && notSeen.isOneTooMany()) {
      gate.refused(begun, notSeen.retryAfter());
    } else if (heldBack.isEmpty()) {
      gate.answered(begun);
    }
    Look look = look(answer, request, clock.instant());
    metrics.looked(look);
    if (request.doubtsInARow() > 0
        && look instanceof Look.Going
        && answer instanceof TaskLook.Seen seen) {
      seen.task().puzzle().ifPresent(puzzle -> tell(puzzle, request));
    }
    return look;
  }

  /** Not at the first look: the service may just be slow to name the video. */
  private void tell(Puzzle puzzle, LookRequest request) {
    metrics.doubted(puzzle);
    if (request.doubtsInARow() == 1) {
      log.warn("Task {}: {}", request.taskId(), puzzle.what());
    }
  }

  private Look look(TaskLook look, LookRequest request, Instant now) {
    if (look instanceof TaskLook.Seen seen) {
      return seen(seen.task(), request, now);
    }
    if (look instanceof TaskLook.NoSuchTask missing) {
      return isGone(request.missingSince(), now)
          ? failed(FailureType.TASK_VANISHED, "NotFound", now)
          : missed(missing.what(), true, Optional.empty(), request, now);
    }
    if (!now.isBefore(request.acceptedAt().plus(RECORD_LIVES))) {
      return failed(FailureType.TASK_VANISHED, null, now);
    }
    TaskLook.NotSeen notSeen = (TaskLook.NotSeen) look;
    return missed(notSeen.what(), false, notSeen.retryAfter(), request, now);
  }

  private Look seen(Task task, LookRequest request, Instant now) {
    if (task.status() == TaskStatus.Known.SUCCEEDED) {
      return new Look.Succeeded(task.outcome(), now);
    }
    if (task.error().isPresent()) {
      return new Look.Failed(task.error().get().told(requestOf(request)), now);
    }
    if (task.isPuzzle(Puzzle.Kind.CLEARED)) {
      return failed(FailureType.CLIP_LOST, null, now);
    }
    Duration elapsed = Duration.between(request.acceptedAt(), now);
    boolean isOverdue = elapsed.compareTo(request.expiresAfter().plus(OVERDUE)) >= 0;
    if (task.isPuzzle(Puzzle.Kind.UNKNOWN_WORD_BESIDE_VIDEO)
        && (isOverdue || isMadeByNow(task.status(), request, elapsed))) {
      return new Look.Succeeded(task.outcome(), now);
    }
    if (isOverdue) {
      boolean succeeded = task.status() == TaskStatus.Strange.SUCCEEDED_WITHOUT_VIDEO;
      return failed(succeeded ? FailureType.CLIP_LOST : FailureType.VERDICT_OVERDUE, null, now);
    }
    Looks.Plan plan =
        task.status() == TaskStatus.Known.QUEUED
            ? looks.queued(request, now)
            : looks.underWay(request, now);
    return new Look.Going(
        task.status().word(),
        now,
        plan.lookIn(),
        task.puzzle().map(puzzle -> new Problem(puzzle.what(), now)).orElse(null),
        plan.expectation());
  }

  /**
   * Whether a task that names a video, and whose status nobody knows, counts as finished: else the
   * URL dies before the word is understood. What is not there yet is asked for again, and what is
   * no whole clip is not stored.
   */
  private static boolean isMadeByNow(TaskStatus status, LookRequest request, Duration elapsed) {
    return request.doubtsInARow() >= DOUBTS_BEFORE_HAND_OFF
        && elapsed.compareTo(request.typicalTime()) >= 0
        && status instanceof TaskStatus.Strange word
        && !word.looksUnderWay();
  }

  /**
   * What made the task, for what the service says of it may be that; empty where it is not known.
   */
  private Optional<Json> requestOf(LookRequest request) {
    if (request.storedRequest() == null) {
      return Optional.empty();
    }
    try {
      return requests.find(workflowId.get(), request.storedRequest());
    } catch (IOException e) {
      log.warn(
          "Task {} failed; what the service says of it is not told, as the request cannot be read:"
              + " {}",
          request.taskId(),
          StoreTrouble.inWords(e));
      return Optional.empty();
    }
  }

  /** Our own verdict, as the service gives none any more. */
  private static Look.Failed failed(FailureType type, @Nullable String code, Instant now) {
    return new Look.Failed(new ServiceError(type, code, null, null), now);
  }

  /**
   * @param missingSince since when nothing but "no such task" was answered; null where it was not
   */
  static boolean isGone(@Nullable Instant missingSince, Instant now) {
    return missingSince != null
        && Duration.between(missingSince, now).compareTo(MISSING_FOR_GOOD) >= 0;
  }

  private Look.NotSeen missed(
      String what, boolean noSuchTask, Optional<Duration> retryAfter, LookRequest to, Instant now) {
    return new Look.NotSeen(
        new Problem(what, now),
        noSuchTask,
        schedule.nextLookAfterMiss(to.missesInARow(), retryAfter));
  }
}
