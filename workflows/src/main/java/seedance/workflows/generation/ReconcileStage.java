package seedance.workflows.generation;

import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.generation.UnknownSubmissionPolicy.Resubmit;

/**
 * Settles a submission whose answer was lost: looks for its task, and where that does not tell,
 * follows {@code options.onUnknownSubmission}. A cancel of the workflow waits until it is known
 * what was made; only the wait for a person's decision ends with it.
 */
final class ReconcileStage {
  /** A service calls back a few times for a task; who calls on puts off no end. */
  private static final int MOST_CALLS = 20;

  private static final String NOTHING_OPEN =
      "no submission of this generation waits for a decision";

  private final GenerationState state;
  private final Endings endings;
  private final Adoptions adoptions;

  private final Map<String, Integer> timesAsked = new HashMap<>();

  private Position.@Nullable Reconciling open;
  private @Nullable Answer answer;
  private Optional<String> settledWith = Optional.empty();
  private boolean calledBack;
  private int calls;

  ReconcileStage(GenerationState state, Endings endings) {
    this.state = state;
    this.endings = endings;
    this.adoptions = new Adoptions(endings);
  }

  /** Returns the submission's task; empty where the request is to be submitted again. */
  Optional<SubmitOutcome.Accepted> settle(
      GenerationRun run, Sent sent, Problem lost, Position.Submitting submitting) {
    if (!Patched.by("reconcile")) {
      throw endings.failure(FailureType.SUBMISSION_UNKNOWN, lost);
    }
    state.report(
        state.progress().unknown(Stage.RECONCILE, UnknownSubmission.lost(sent.after(), lost)));
    return goOn(run, new Position.Reconciling(ReconcileRequest.first(sent), lost, submitting));
  }

  /** The same from where an earlier run stopped. */
  Optional<SubmitOutcome.Accepted> goOn(GenerationRun run, Position.Reconciling from) {
    this.open = from;
    Optional<SubmitOutcome.Accepted> task = Uncancelled.run(() -> search(run, from));
    open = null;
    answer = null;
    settledWith = task.map(SubmitOutcome.Accepted::taskId);
    if (task.isEmpty()) {
      state.gaveUp(state.progress().openSubmission());
    }
    if (isAsking()) {
      Workflow.upsertMemo(
          Collections.singletonMap(VideoGenerationWorkflow.NEEDS_DECISION_MEMO, null));
    }
    return task;
  }

  private Optional<SubmitOutcome.Accepted> search(GenerationRun run, Position.Reconciling from) {
    int resubmissions = from.submitting().resubmissions();
    Position.Reconciling at = from;
    while (true) {
      run.continueIfSpent(
          "before look %d for the lost task".formatted(at.request().attempt()),
          at,
          () -> answer != null);
      boolean wasDecided = answer != null;
      Reconciliation seen = look(at);
      Duration nextLookIn;
      if (answer != null && !isOutdone(answer, seen, wasDecided)) {
        return follow(answer);
      } else if (seen instanceof Reconciliation.Found found) {
        if (found.madeBy() != null) {
          state.gaveUp(state.progress().openSubmission());
        }
        return Optional.of(found.task());
      } else if (seen instanceof Reconciliation.NotYet notYet) {
        report(notYet.problem(), List.of());
        nextLookIn = notYet.nextLookIn();
      } else if (seen instanceof Reconciliation.NotFound notFound) {
        report(notFound.problem(), List.of());
        if (isGivenUp(run, resubmissions, true, notFound.problem())) {
          return Optional.empty();
        }
        nextLookIn = notFound.nextLookIn();
      } else if (seen instanceof Reconciliation.CannotTell cannotTell) {
        report(cannotTell.problem(), cannotTell.candidates());
        if (isGivenUp(run, resubmissions, false, cannotTell.problem())) {
          return Optional.empty();
        }
        nextLookIn = cannotTell.nextLookIn();
      } else {
        throw endings.unknownAnswer(seen);
      }
      if (answer == null) {
        waitFor(run, nextLookIn, at);
      }
      if (answer == null && isTimeUp(run) && !mayBeKnown()) {
        end(from.lost());
      }
      if (answer != null && !mayBeKnown()) {
        return follow(answer);
      }
      calls += calledBack ? 1 : 0;
      calledBack = false;
      at = at.again();
    }
  }

  private boolean isTimeUp(GenerationRun run) {
    return isAsking() && endings.isCancelRequested()
        || !WorkflowClock.now().isBefore(run.deadline());
  }

  /**
   * Whether a decision that names no task is not followed, as the look beside it found the task, or
   * as another may: the service called back, which it does about a task alone. That other look is
   * the last.
   */
  private boolean isOutdone(Answer given, Reconciliation seen, boolean wasDecided) {
    boolean mayBe = seen instanceof Reconciliation.Found || calledBack && !wasDecided;
    return mayBe && given.task().isEmpty() && isHeeded("heedTask");
  }

  /** Whether the service called back since the last look began, so that its task may be known. */
  private boolean mayBeKnown() {
    return calledBack
        && calls < MOST_CALLS
        && (answer == null || answer.task().isEmpty())
        && isHeeded("heedCallback");
  }

  private static Reconciliation look(Position.Reconciling at) {
    return GenerationActivities.reconcile("Look for the lost task").reconcile(at.request());
  }

  private void report(Problem found, List<String> candidates) {
    Progress progress = state.progress();
    state.report(
        progress.unknown(progress.stage(), progress.openSubmission().found(found, candidates)));
  }

  private boolean mayResubmit(GenerationRun run, int resubmissions, boolean listSaidNo) {
    return run.plan().options().onUnknownSubmission() instanceof Resubmit resubmit
        && resubmissions < resubmit.atMost()
        && (listSaidNo || resubmit.acceptDoubleCharge())
        && !endings.isCancelRequested();
  }

  /** Whether the request is submitted again; where nobody may say so by now, someone is asked. */
  private boolean isGivenUp(
      GenerationRun run, int resubmissions, boolean listSaidNo, Problem found) {
    if (mayResubmit(run, resubmissions, listSaidNo)) {
      // Whoever decided, or called back, has seen the task: then it is looked for once more.
      return !waitsOutAdoptions() && !mayBeKnown();
    }
    ask(run, found);
    return false;
  }

  private void ask(GenerationRun run, Problem found) {
    if (endings.isCancelRequested()
        || run.plan().options().onUnknownSubmission() instanceof UnknownSubmissionPolicy.Fail) {
      if (!mayBeKnown()) {
        end(found);
      }
    } else if (!isAsking()) {
      Workflow.upsertMemo(Map.of(VideoGenerationWorkflow.NEEDS_DECISION_MEMO, found.what()));
      Progress progress = state.progress();
      state.report(progress.unknown(Stage.DECIDE, progress.openSubmission()));
    }
  }

  /** Throws how it ends, unless a decision that is being followed comes first. */
  private void end(Problem why) {
    waitsOutAdoptions();
    if (answer == null) {
      throw endings.failure(FailureType.SUBMISSION_UNKNOWN, why);
    }
  }

  /** Returns whether a task was being adopted, once that has ended well or not. */
  private boolean waitsOutAdoptions() {
    if (!isAdopting()) {
      return false;
    }
    adoptions.awaitEnd();
    return true;
  }

  private boolean isAdopting() {
    return adoptions.areUnderWay() && isHeeded("heedAdoption");
  }

  /**
   * Whether this run's version heeds what comes in between. Asked of the history only where
   * something did, and each time under another name: in a run of a version that did not heed it, an
   * answer in replay holds for the rest of the run.
   */
  private boolean isHeeded(String change) {
    return Patched.by(change + " " + timesAsked.merge(change, 1, Integer::sum));
  }

  private boolean isAsking() {
    return state.progress().stage() == Stage.DECIDE;
  }

  private void waitFor(GenerationRun run, Duration nextLookIn, Position.Reconciling at) {
    Duration untilDeadline = Duration.between(WorkflowClock.now(), run.deadline());
    if (untilDeadline.isNegative()) {
      return;
    }
    Duration look = endings.isCancelRequested() ? HistoryBudget.stretched(nextLookIn) : nextLookIn;
    Duration wait = look.compareTo(untilDeadline) < 0 ? look : untilDeadline;
    state.report(state.progress().nextLookAt(WorkflowClock.now().plus(wait)));
    boolean listens = listens(at);
    Timeline.pauseUnless(
        () -> answer != null || listens && calledBack || isAsking() && endings.isCancelRequested(),
        wait,
        isAsking() ? "Waiting for your decision, next look" : "Not found yet, next look");
  }

  /** A cancelled run with little history left cannot look at once as often as anyone calls. */
  private boolean listens(Position.Reconciling at) {
    return !endings.isCancelRequested()
        || !HistoryBudget.isSpent("after look %d, cancelled".formatted(at.request().attempt()));
  }

  private Optional<SubmitOutcome.Accepted> follow(Answer given) {
    if (given.decision() instanceof SubmissionDecision.Fail fail) {
      throw endings.failure(
          FailureType.SUBMISSION_UNKNOWN, new Problem(fail.reason(), WorkflowClock.now()));
    }
    return given.task();
  }

  /** The service called back: its answer may be in the receipts now. */
  void callbackReceived() {
    calledBack = true;
  }

  /** Says why a decision cannot be followed now, before it becomes part of the history. */
  void check(SubmissionDecision decision) {
    if (open == null || answer != null) {
      throw Adoptions.refusal(NOTHING_OPEN);
    }
    if (decision instanceof SubmissionDecision.Resubmit && !isAsking()) {
      throw Adoptions.refusal(
          "the task is still being looked for; wait until the stage is \"decide\"");
    }
  }

  void decide(SubmissionDecision decision) {
    Position.Reconciling about = open;
    if (about == null) {
      throw Adoptions.refusal(NOTHING_OPEN);
    }
    if (!(decision instanceof SubmissionDecision.Adopt) && isAdopting()) {
      throw Adoptions.refusal("a task is being adopted for it; decide again once that has ended");
    }
    Optional<SubmitOutcome.Accepted> task =
        decision instanceof SubmissionDecision.Adopt adopt
            ? Optional.of(adoptions.adopt(adopt.taskId(), about.request()))
            : Optional.empty();
    if (open == about && answer == null) {
      answer = new Answer(decision, task);
    } else if (task.isEmpty() || !isSettledWith(task.get().taskId())) {
      throw Adoptions.refusal("the submission was settled in the meantime");
    }
  }

  /** The look beside a decision may find the very receipt that the decision wrote. */
  private boolean isSettledWith(String taskId) {
    return answer == null
        ? settledWith.equals(Optional.of(taskId))
        : answer.task().filter(taken -> taken.taskId().equals(taskId)).isPresent();
  }

  /**
   * @param task to go on with; empty unless the decision is to adopt one
   */
  private record Answer(SubmissionDecision decision, Optional<SubmitOutcome.Accepted> task) {}
}
