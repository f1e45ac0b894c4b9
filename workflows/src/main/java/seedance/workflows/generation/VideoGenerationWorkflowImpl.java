package seedance.workflows.generation;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.Violation;

/** Validate → submit → await → hand off, each stage a method. */
public final class VideoGenerationWorkflowImpl implements VideoGenerationWorkflow {
  /**
   * Every submission puts the body, up to 1 MiB, into the history once more, and the server
   * terminates a workflow at 50 MB.
   */
  private static final int SUBMISSIONS_PER_RUN = 20;

  /** The server terminates a workflow that gives an activity more than 2 MiB. */
  private static final int LARGEST_ARGUMENTS = (2 << 20) - (64 << 10);

  private static final Violation TOO_LARGE =
      new Violation(
          "$",
          "is over 2 MB with its options, more than travels through a workflow: pass media as"
              + " https:// or asset://");

  private Progress progress = Progress.start();

  @Override
  public GenerationResult generate(AnyJson request, AnyJson options) {
    try {
      AnyJson body = AnyJson.orNull(request);
      AnyJson given = AnyJson.orNull(options);
      GenerationPlan plan = validate(body, given);
      SubmitOutcome.Accepted task = submit(body, given, plan);
      Finished finished = await(task, plan);
      GenerationResult result = handOff(body, plan, task, finished);
      keepPastCancel(RESULT_MEMO, result);
      return result;
    } catch (TemporalFailure failure) {
      throw ended(failure);
    }
  }

  @Override
  public Progress progress() {
    return progress;
  }

  private GenerationPlan validate(AnyJson request, AnyJson options) {
    report(progress);
    if (request.bytes() + options.bytes() > LARGEST_ARGUMENTS) {
      throw failed(GenerationFailure.invalidRequest(List.of(TOO_LARGE)));
    }
    Validation verdict =
        GenerationActivities.validate("Validate the request").validate(request, options);
    if (verdict instanceof Validation.Valid valid) {
      return valid.plan();
    }
    if (verdict instanceof Validation.Invalid invalid) {
      throw failed(GenerationFailure.invalidRequest(invalid.violations()));
    }
    throw unknownAnswer(verdict);
  }

  private SubmitOutcome.Accepted submit(AnyJson request, AnyJson options, GenerationPlan plan) {
    report(progress.submitting(plan));
    Instant giveUpAt = WorkflowClock.now().plus(plan.submitWithin());
    for (int attempt = 1; ; attempt++) {
      SubmitOutcome outcome =
          submitOnce(new Submission(request, plan.typicalTime(), attempt), plan.model());
      if (outcome instanceof SubmitOutcome.Accepted accepted) {
        report(progress.awaiting(accepted, plan));
        return accepted;
      }
      if (outcome instanceof SubmitOutcome.Rejected rejected) {
        throw failed(GenerationFailure.byService(rejected.error(), null));
      }
      if (outcome instanceof SubmitOutcome.Unknown unknown) {
        throw failure(FailureType.SUBMISSION_UNKNOWN, unknown.problem());
      }
      if (!(outcome instanceof SubmitOutcome.NotCreated notCreated)) {
        throw unknownAnswer(outcome);
      }
      report(progress.troubledBy(notCreated.problem()));
      if (WorkflowClock.now().plus(notCreated.retryIn()).isAfter(giveUpAt)) {
        throw failure(FailureType.NOT_ACCEPTED_IN_TIME, notCreated.problem());
      }
      WorkflowClock.pause(
          notCreated.retryIn(),
          TimelineWords.sentence(notCreated.problem().what()) + ", next submission");
      if (attempt == SUBMISSIONS_PER_RUN) {
        CancellationScope.throwCanceled();
        Duration left = Duration.between(WorkflowClock.now(), giveUpAt);
        Workflow.continueAsNew(request, GenerationOptions.submittingWithin(left, options));
      }
    }
  }

  /**
   * Sends once. An attempt that does not report back is an unknown submission, whatever the reason;
   * a cancel waits for its outcome, as the task may be made while we are being cancelled.
   */
  private static SubmitOutcome submitOnce(Submission submission, String model) {
    try {
      return uncancelled(
          () -> GenerationActivities.submit("Submit to " + model).submit(submission));
    } catch (ActivityFailure failure) {
      return new SubmitOutcome.Unknown(unreported(failure));
    }
  }

  private Finished await(SubmitOutcome.Accepted task, GenerationPlan plan) {
    Instant lastQueuedAt = null;
    LookRequest request = LookRequest.first(task, plan);
    Duration nextLookIn = task.firstLookIn();
    String seen = "Accepted";
    while (true) {
      report(progress.nextLookAt(WorkflowClock.now().plus(nextLookIn)));
      WorkflowClock.pause(nextLookIn, seen + ", next look");
      Look look = GenerationActivities.look("Look " + (progress.looks() + 1)).look(request);
      if (look instanceof Look.Succeeded succeeded) {
        report(progress.looked("succeeded"));
        return new Finished(succeeded.outcome(), lastQueuedAt, succeeded.at());
      }
      if (look instanceof Look.Failed failed) {
        report(progress.looked(finalStatus(failed.error().failure())));
        throw failed(GenerationFailure.byService(failed.error(), task.taskId()));
      }
      if (look instanceof Look.Going going) {
        lastQueuedAt = going.status().equals("queued") ? going.at() : lastQueuedAt;
        report(progress.looked(going.status()));
        nextLookIn = going.nextLookIn();
        seen = TimelineWords.sentence(going.status().replace('_', ' '));
        request = request.afterSighting();
      } else if (look instanceof Look.NotSeen notSeen) {
        report(progress.looked(progress.status()).troubledBy(notSeen.problem()));
        nextLookIn = notSeen.nextLookIn();
        seen = TimelineWords.sentence(notSeen.problem().what());
        request = request.afterMiss(notSeen);
      } else {
        throw unknownAnswer(look);
      }
    }
  }

  private GenerationResult handOff(
      AnyJson request, GenerationPlan plan, SubmitOutcome.Accepted task, Finished finished) {
    report(progress.at(Stage.HAND_OFF));
    Cost cost = plan.costOf(finished.outcome());
    Instant missingSince = null;
    for (int attempt = 1; ; attempt++) {
      HandOffRequest files =
          new HandOffRequest(
              task.taskId(),
              request.withoutInlineMedia(),
              finished.outcome(),
              cost,
              task.acceptedAt(),
              finished.noticedAt(),
              attempt,
              missingSince);
      // The clip is paid for: a cancel comes too late to save anything but the clip.
      HandOffOutcome outcome =
          uncancelled(() -> GenerationActivities.handOff("Store the clip").handOff(files));
      if (outcome instanceof HandOffOutcome.Stored stored) {
        reportStored(stored, cost);
        return new GenerationResult(
            task.taskId(),
            plan.model(),
            finished.outcome(),
            stored.artifacts(),
            stored.manifest(),
            finished.timings(task.acceptedAt(), stored.at()),
            cost);
      }
      if (outcome instanceof HandOffOutcome.Lost lost) {
        throw failure(FailureType.CLIP_LOST, lost.problem());
      }
      if (!(outcome instanceof HandOffOutcome.NotStored notStored)) {
        throw unknownAnswer(outcome);
      }
      report(progress.troubledBy(notStored.problem()));
      missingSince = notStored.missingSince(missingSince);
      WorkflowClock.pause(
          notStored.retryIn(),
          TimelineWords.sentence(notStored.problem().what()) + ", next attempt");
    }
  }

  /** Runs {@code activity} to its end even while the workflow is being cancelled. */
  private static <T> T uncancelled(Supplier<T> activity) {
    CancellationScope.throwCanceled();
    AtomicReference<T> answer = new AtomicReference<>();
    Workflow.newDetachedCancellationScope(() -> answer.set(activity.get())).run();
    return answer.get();
  }

  /** Every way to fail ends here, so that progress, metrics and the failure's type always agree. */
  private TemporalFailure ended(TemporalFailure failure) {
    if (failure instanceof CanceledFailure || failure.getCause() instanceof CanceledFailure) {
      GenerationFailure ending =
          GenerationFailure.because(
              progress.taskId() == null ? FailureType.NOT_SUBMITTED : FailureType.ABANDONED,
              progress.taskId(),
              null);
      reportEnd(Stage.CANCELLED, ending.message());
      keepPastCancel(ENDING_MEMO, ending);
      return new CanceledFailure(ending.message());
    }
    ApplicationFailure named =
        failure instanceof ApplicationFailure application
            ? application
            : failed(
                GenerationFailure.because(
                    FailureType.INTERNAL_ERROR, progress.taskId(), unreported(failure).what()));
    reportEnd(Stage.FAILED, named.getOriginalMessage());
    Workflow.getMetricsScope()
        .tagged(Map.of("type", named.getType()))
        .counter("seedance_generation_failures")
        .inc(1);
    return named;
  }

  private ApplicationFailure failure(FailureType type, Problem problem) {
    return failed(GenerationFailure.because(type, progress.taskId(), problem.what()));
  }

  private ApplicationFailure unknownAnswer(Object answer) {
    return failed(
        GenerationFailure.because(
            FailureType.INTERNAL_ERROR,
            progress.taskId(),
            "an activity answered "
                + (answer == null ? "nothing" : answer.getClass().getSimpleName())));
  }

  private ApplicationFailure failed(GenerationFailure ending) {
    keepPastCancel(ENDING_MEMO, ending);
    return ending.toApplicationFailure();
  }

  /** A cancelled workflow closes without its last words, so they go into its memo. */
  private static void keepPastCancel(String memo, Object lastWords) {
    if (CancellationScope.current().isCancelRequested()) {
      Workflow.upsertMemo(Map.of(memo, lastWords));
    }
  }

  private static Problem unreported(TemporalFailure failure) {
    String activity =
        failure instanceof ActivityFailure of ? of.getActivityType() : "something unexpected";
    String how = failure.getCause() instanceof TimeoutFailure ? " timed out" : " failed";
    return new Problem(
        "the activity " + activity + how + " without an answer", WorkflowClock.now());
  }

  private void report(Progress next) {
    progress = next;
    Workflow.setCurrentDetails(next.toMarkdown());
  }

  private void reportEnd(Stage end, String why) {
    progress = progress.at(end);
    Workflow.setCurrentDetails(progress.toMarkdown() + "- **Why:** " + why + "\n");
  }

  private void reportStored(HandOffOutcome.Stored stored, Cost cost) {
    progress = progress.at(Stage.DONE);
    Workflow.setCurrentDetails(
        "%s- **Clip:** `%s`\n- **Cost:** %s\n"
            .formatted(
                progress.toMarkdown(), stored.artifacts().get(0).location(), cost.inWords()));
  }

  /** The service's word; where its record is gone, the last one that was heard. */
  private String finalStatus(FailureType type) {
    return switch (type) {
      case TASK_EXPIRED -> "expired";
      case TASK_CANCELLED -> "cancelled";
      case TASK_VANISHED -> progress.status();
      default -> "failed";
    };
  }
}
