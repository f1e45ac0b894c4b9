package seedance.activities.generation;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import seedance.activities.provider.Puzzle;
import seedance.activities.provider.Task;
import seedance.activities.provider.TaskLook;
import seedance.activities.provider.VideoProvider;
import seedance.activities.store.Receipts;
import seedance.workflows.generation.AdoptActivity;
import seedance.workflows.generation.AdoptRequest;
import seedance.workflows.generation.Adoption;
import seedance.workflows.generation.Problem;

/** Takes over a task that the service knows, and notes whose it is. */
final class AdoptTask implements AdoptActivity {
  /** The owner of a task that a generation took over by its options. */
  private static final String ADOPTION = "adoption by ";

  /** What the last look of an attempt may take. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(50);

  private final VideoProvider provider;
  private final Receipts receipts;
  private final LookSchedule schedule;
  private final Looks looks;
  private final GenerationMetrics metrics;
  private final Clock clock;
  private final Pause pause;

  /** Waits between two looks. */
  interface Pause {
    void sleep(Duration wait) throws InterruptedException;
  }

  AdoptTask(
      VideoProvider provider,
      Receipts receipts,
      Looks looks,
      GenerationMetrics metrics,
      Clock clock) {
    this(provider, receipts, looks, metrics, clock, wait -> Thread.sleep(wait.toMillis()));
  }

  AdoptTask(
      VideoProvider provider,
      Receipts receipts,
      Looks looks,
      GenerationMetrics metrics,
      Clock clock,
      Pause pause) {
    this.provider = Objects.requireNonNull(provider, "provider");
    this.receipts = Objects.requireNonNull(receipts, "receipts");
    this.looks = Objects.requireNonNull(looks, "looks");
    this.schedule = looks.schedule();
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.pause = Objects.requireNonNull(pause, "pause");
  }

  /** Whether the owner of a task is none of its submissions, but who took it over. */
  static boolean isAdoption(String owner) {
    return owner.startsWith(ADOPTION);
  }

  @Override
  public Adoption adopt(AdoptRequest request) {
    ActivityExecutionContext activity = Activity.getExecutionContext();
    Adoption outcome;
    try (Heartbeat heartbeat = new Heartbeat(activity)) {
      outcome = adopt(patientLook(request.taskId(), activity.getInfo(), heartbeat), request);
    } catch (IOException e) {
      outcome = notYet(StoreTrouble.inWords(e), Optional.empty(), request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      outcome = notYet("the worker was stopped", Optional.empty(), request);
    }
    metrics.adopted(outcome);
    return outcome;
  }

  /**
   * One "no such task" ends nothing: a gateway that restarts says so for a while, and then the clip
   * of a task that is paid for would not be fetched.
   */
  private TaskLook patientLook(String taskId, ActivityInfo run, Heartbeat heartbeat)
      throws InterruptedException {
    Duration left = patience(run);
    for (int misses = 0; ; misses++) {
      Instant before = clock.instant();
      TaskLook look = provider.look(taskId);
      left = left.minus(Duration.between(before, clock.instant()));
      if (!(look instanceof TaskLook.NoSuchTask) || left.isZero() || left.isNegative()) {
        return look;
      }
      Duration wait = schedule.nextLookAfterMiss(misses, Optional.empty());
      wait = wait.compareTo(left) < 0 ? wait : left;
      pause.sleep(wait);
      heartbeat.progress(0);
      left = left.minus(wait);
    }
  }

  /** Within the time of an attempt, which workflows of an older version give less of. */
  private Duration patience(ActivityInfo run) {
    Duration most = run.getStartToCloseTimeout().minus(LONGEST_LOOK);
    Duration patience = schedule.patienceWithNoSuchTask();
    return most.isNegative() ? Duration.ZERO : most.compareTo(patience) < 0 ? most : patience;
  }

  private Adoption adopt(TaskLook look, AdoptRequest request) throws IOException {
    if (look instanceof TaskLook.NoSuchTask missing) {
      return refused(missing.what());
    }
    if (look instanceof TaskLook.NotSeen notSeen) {
      return notYet(notSeen.what(), notSeen.retryAfter(), request);
    }
    Task task = ((TaskLook.Seen) look).task();
    if (task.isPuzzle(Puzzle.Kind.CLEARED)) {
      return refused(task.puzzle().orElseThrow().what());
    }
    String submissionId = request.submissionId();
    if (submissionId == null) {
      // Only so that no lost submission takes it for its own; whose it is already does not matter.
      receipts.claim(request.taskId(), ADOPTION + workflowId());
      return adopted(task, request);
    }
    Optional<String> made =
        receipts.taskOf(submissionId).filter(other -> !other.equals(request.taskId()));
    if (made.isPresent()) {
      return refused("the submission has made the task " + made.get());
    }
    if (!isFree(request.taskId(), submissionId)) {
      return refused("the task is of another submission" + ownerInWords(request.taskId()));
    }
    receipts.accepted(submissionId, request.taskId());
    return adopted(task, request);
  }

  private Adoption adopted(Task task, AdoptRequest request) {
    Instant now = clock.instant();
    Instant createdAt = task.outcome().createdAt();
    return new Adoption.Adopted(
        task.status().isOver()
            ? AcceptedTask.over(request.taskId(), createdAt, now, request.group())
            : AcceptedTask.found(
                request.taskId(),
                createdAt,
                now,
                now,
                looks,
                request.group(),
                request.typicalTime()));
  }

  /**
   * Also where it is of another submission of this workflow, which asks again after a reset
   * although it had made that other one by then; and where a generation only took it over, whose
   * options said so: whose it is, its submission's owner knows best.
   */
  private boolean isFree(String taskId, String submissionId) throws IOException {
    return receipts.claim(taskId, submissionId)
        || receipts.ownerOf(taskId).filter(AdoptTask::isAdoption).isPresent()
        || workflowOf(taskId).filter(workflowId()::equals).isPresent();
  }

  private String ownerInWords(String taskId) throws IOException {
    return workflowOf(taskId).map(id -> ", that of the workflow " + id).orElse("");
  }

  private Optional<String> workflowOf(String taskId) throws IOException {
    Optional<String> owner = receipts.ownerOf(taskId);
    return owner.isEmpty() ? Optional.empty() : receipts.workflowOf(owner.get());
  }

  private static String workflowId() {
    return Activity.getExecutionContext().getInfo().getWorkflowId();
  }

  private Adoption.Refused refused(String what) {
    return new Adoption.Refused(new Problem(what, clock.instant()));
  }

  private Adoption.NotYet notYet(String what, Optional<Duration> retryAfter, AdoptRequest request) {
    return new Adoption.NotYet(
        new Problem(what, clock.instant()),
        schedule.nextLookAfterMiss(request.attempt() - 1, retryAfter));
  }
}
