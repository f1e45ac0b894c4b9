package seedance.workflows.generation;

import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ContinueAsNewOptions;
import io.temporal.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import seedance.workflows.request.AnyJson;

/**
 * Gets the request one task: it is sent again only after an answer that surely no task was made, or
 * once {@link ReconcileStage} says so.
 */
final class SubmitStage {
  /**
   * Every submission puts the body, up to 1 MiB, into the history once more, and the server
   * terminates a workflow at 50 MB.
   */
  private static final int SUBMISSIONS_PER_RUN = 20;

  /** How far the clocks of worker and server may differ. */
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(15);

  private final Standing standing;
  private final Endings endings;
  private final ReconcileStage reconcile;

  SubmitStage(Standing standing, Endings endings, ReconcileStage reconcile) {
    this.standing = standing;
    this.endings = endings;
    this.reconcile = reconcile;
  }

  SubmitOutcome.Accepted submit(AnyJson request, AnyJson options, GenerationPlan plan) {
    standing.report(standing.progress().submitting(plan));
    Instant started = WorkflowClock.now();
    Instant giveUpAt = started.plus(plan.options().submitWithin());
    int resubmissions = 0;
    for (int attempt = 1; ; attempt++) {
      Sent sent = send(submission(request, plan, resubmissions, attempt), plan.model());
      if (sent.outcome() instanceof SubmitOutcome.Accepted accepted) {
        return accepted;
      }
      if (sent.outcome() instanceof SubmitOutcome.Rejected rejected) {
        throw endings.byService(rejected.error(), null);
      }
      if (sent.outcome() instanceof SubmitOutcome.Unknown unknown) {
        Optional<SubmitOutcome.Accepted> task =
            reconcile.settle(sent, unknown.problem(), plan, resubmissions);
        if (task.isPresent()) {
          return task.get();
        }
        resubmissions++;
        standing.report(standing.progress().submitting(plan));
      } else if (sent.outcome() instanceof SubmitOutcome.NotCreated notCreated) {
        waitForTheService(notCreated, earlier(giveUpAt, WorkflowClock.deadline(plan)));
      } else {
        throw endings.unknownAnswer(sent.outcome());
      }
      if (attempt == SUBMISSIONS_PER_RUN) {
        CancellationScope.throwCanceled();
        Workflow.continueAsNew(
            keepingTheSubmission(resubmissions),
            request,
            GenerationOptions.continued(
                options,
                Duration.between(WorkflowClock.now(), giveUpAt),
                Duration.between(WorkflowClock.started(), WorkflowClock.now()),
                resubmissions));
      }
    }
  }

  /** The memo of a run does not go over to the next by itself. */
  private static ContinueAsNewOptions keepingTheSubmission(int resubmissions) {
    String byParent = givenByParent();
    ContinueAsNewOptions.Builder options = ContinueAsNewOptions.newBuilder();
    return byParent == null
        ? options.build()
        : options
            .setMemo(
                Map.of(
                    VideoGenerationWorkflow.SUBMISSION_MEMO,
                    byParent,
                    VideoGenerationWorkflow.RESUBMISSIONS_MEMO,
                    resubmittedBefore() + resubmissions))
            .build();
  }

  /** In the runs before this one; only a parent's submission is known in all of them. */
  private static int resubmittedBefore() {
    Integer before =
        Workflow.getMemo(VideoGenerationWorkflow.RESUBMISSIONS_MEMO, Integer.class, Integer.class);
    return before == null ? 0 : before;
  }

  /** Takes over the task of {@code options.adopt}. */
  SubmitOutcome.Accepted adopt(String taskId, GenerationPlan plan) {
    standing.report(standing.progress().submitting(plan));
    for (int attempt = 1; ; attempt++) {
      Adoption adoption =
          GenerationActivities.adopt("Adopt the task")
              .adopt(new AdoptRequest(taskId, null, plan.typicalTime(), attempt));
      if (adoption instanceof Adoption.Adopted adopted) {
        return adopted.task();
      }
      if (adoption instanceof Adoption.Refused refused) {
        throw endings.failed(
            GenerationFailure.because(
                FailureType.NOTHING_TO_ADOPT, taskId, refused.problem().what()));
      }
      if (!(adoption instanceof Adoption.NotYet notYet)) {
        throw endings.unknownAnswer(adoption);
      }
      standing.report(standing.progress().troubledBy(notYet.problem()));
      WorkflowClock.pause(
          notYet.retryIn(), TimelineWords.sentence(notYet.problem().what()) + ", next attempt");
    }
  }

  /** Id and marker are made here, so that they stand in history before anything is sent. */
  private static Submission submission(
      AnyJson request, GenerationPlan plan, int resubmissions, int attempt) {
    UUID id = submissionId(resubmissions);
    Marker marker = Marker.of(plan.marking(), id);
    return new Submission(
        id.toString(),
        request,
        marker,
        plan.traits().markedBy(marker),
        plan.typicalTime(),
        attempt);
  }

  /**
   * The same until a task may exist: what surely made none needs no new one. And the same again
   * after a reset of the workflow to before the submission, so that the receipt of its task is
   * found instead of another task made. A run id is random, and so is its hash.
   */
  private static UUID submissionId(int resubmissions) {
    String name = knownBy() + "/submission/" + (resubmittedBefore() + resubmissions);
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String knownBy() {
    String byParent = givenByParent();
    return byParent == null ? Workflow.getInfo().getOriginalExecutionRunId() : byParent;
  }

  /** Null where there is no parent, or it gave nothing. */
  static String givenByParent() {
    return Workflow.getInfo().getParentWorkflowId().isPresent()
        ? Workflow.getMemo(VideoGenerationWorkflow.SUBMISSION_MEMO, String.class, String.class)
        : null;
  }

  /**
   * Sends once. An attempt that does not report back is an unknown submission, whatever the reason;
   * a cancel waits for its outcome, as the task may be made while we are being cancelled.
   */
  private static Sent send(Submission submission, String model) {
    CancellationScope.throwCanceled();
    Instant scheduled = WorkflowClock.now();
    try {
      SubmitOutcome outcome =
          Uncancelled.run(
              () -> GenerationActivities.submit("Submit to " + model).submit(submission));
      return new Sent(submission, outcome, scheduled, WorkflowClock.now());
    } catch (ActivityFailure failure) {
      // Its worker may be frozen rather than dead, and send when it wakes up.
      Instant noMoreSent = WorkflowClock.now().plus(Submission.SEND_WITHIN).plus(CLOCK_SKEW);
      SubmitOutcome unknown = new SubmitOutcome.Unknown(Endings.unreported(failure));
      return new Sent(submission, unknown, scheduled, noMoreSent);
    }
  }

  private void waitForTheService(SubmitOutcome.NotCreated notCreated, Instant giveUpAt) {
    standing.report(standing.progress().troubledBy(notCreated.problem()));
    if (WorkflowClock.now().plus(notCreated.retryIn()).isAfter(giveUpAt)) {
      throw endings.failure(FailureType.NOT_ACCEPTED_IN_TIME, notCreated.problem());
    }
    WorkflowClock.pause(
        notCreated.retryIn(),
        TimelineWords.sentence(notCreated.problem().what()) + ", next submission");
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
