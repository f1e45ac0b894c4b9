package seedance.workflows.generation;

import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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

  private final GenerationRun run;
  private final GenerationState state;
  private final Endings endings;
  private final ReconcileStage reconcile;

  SubmitStage(GenerationRun run, GenerationState state, Endings endings, ReconcileStage reconcile) {
    this.run = run;
    this.state = state;
    this.endings = endings;
    this.reconcile = reconcile;
  }

  /** Returns at once where there is a task already. */
  Position.WithTask submit(Position from) {
    if (from instanceof Position.WithTask there) {
      return there;
    }
    Position.Awaiting at =
        from instanceof Position.Adopting adopting
            ? found(adopt(adopting))
            : from instanceof Position.Submitting submitting
                ? send(submitting)
                : settled((Position.Reconciling) from);
    state.report(state.progress().awaiting(at.task(), run.plan()));
    return at;
  }

  private Position.Awaiting settled(Position.Reconciling from) {
    return reconcile
        .goOn(run, from)
        .map(this::found)
        .orElseGet(() -> send(from.submitting().anew()));
  }

  /** Which request made it is beyond doubt only where the submission's own answer names it. */
  private Position.Awaiting found(SubmitOutcome.Accepted task) {
    return Position.Awaiting.found(task, run.plan(), null);
  }

  private Position.Awaiting send(Position.Submitting from) {
    Position.Submitting at = from;
    for (int inThisRun = 1; ; inThisRun++) {
      state.report(state.progress().submitting(run.plan()));
      Sent sent = send(run.submission(at), run.plan().model());
      if (!(sent.outcome() instanceof SubmitOutcome.NotCreated)) {
        // The receipts were read, which may be what is down where nothing was created.
        state.knowsItsTask();
      }
      if (sent.outcome() instanceof SubmitOutcome.Accepted accepted) {
        return Position.Awaiting.first(accepted, run.plan(), run.storedRequest());
      }
      if (sent.outcome() instanceof SubmitOutcome.Rejected rejected) {
        throw endings.byService(rejected.error(), null);
      }
      if (sent.outcome() instanceof SubmitOutcome.Unknown unknown) {
        Optional<SubmitOutcome.Accepted> task = reconcile.settle(run, sent, unknown.problem(), at);
        if (task.isPresent()) {
          return found(task.get());
        }
        at = at.anew();
      } else if (sent.outcome() instanceof SubmitOutcome.NotCreated notCreated) {
        waitForTheService(notCreated, earlier(at.giveUpAt(), run.deadline()));
        at = at.again();
      } else {
        throw endings.unknownAnswer(sent.outcome());
      }
      if (inThisRun == SUBMISSIONS_PER_RUN) {
        run.continueAsNew(at);
      }
    }
  }

  /** Takes over the task of {@code options.adopt}. */
  private SubmitOutcome.Accepted adopt(Position.Adopting from) {
    state.report(state.progress().submitting(run.plan()).adopting(from.taskId()));
    Position.Adopting at = from;
    while (true) {
      run.continueIfSpent("before adoption " + at.attempt(), at);
      Adoption adoption =
          GenerationActivities.adopt("Adopt the task")
              .adopt(
                  new AdoptRequest(
                      at.taskId(),
                      null,
                      run.plan().typicalTime(),
                      at.attempt(),
                      run.plan().group()));
      if (adoption instanceof Adoption.Adopted adopted) {
        return adopted.task();
      }
      if (adoption instanceof Adoption.Refused refused) {
        throw endings.failed(
            GenerationFailure.because(
                FailureType.NOTHING_TO_ADOPT, at.taskId(), refused.problem().what()));
      }
      if (!(adoption instanceof Adoption.NotYet notYet)) {
        throw endings.unknownAnswer(adoption);
      }
      state.report(state.progress().troubledBy(notYet.problem()));
      Timeline.pause(
          notYet.retryIn(), Timeline.sentence(notYet.problem().what()) + ", next attempt");
      at = at.again();
    }
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
    state.report(state.progress().troubledBy(notCreated.problem()));
    if (WorkflowClock.now().plus(notCreated.retryIn()).isAfter(giveUpAt)) {
      throw endings.failure(FailureType.NOT_ACCEPTED_IN_TIME, notCreated.problem());
    }
    Timeline.pause(
        notCreated.retryIn(), Timeline.sentence(notCreated.problem().what()) + ", next submission");
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
