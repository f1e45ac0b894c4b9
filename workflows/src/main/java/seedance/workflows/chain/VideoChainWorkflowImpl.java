package seedance.workflows.chain;

import io.temporal.common.converter.RawValue;
import io.temporal.workflow.Workflow;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.chain.JoinStage.Film;
import seedance.workflows.chain.StepDecision.May;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.HistoryBudget;
import seedance.workflows.generation.Patched;
import seedance.workflows.json.Json;
import seedance.workflows.json.UnreadArgument;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.WorkflowArguments;

/**
 * Validate → make the steps → join → store the manifest.
 *
 * <p>It takes its arguments unread, see {@link UnreadVideoChain}. It is not final, so that a host
 * can give its workflow method a versioning behaviour in a subclass.
 */
public class VideoChainWorkflowImpl implements UnreadVideoChain {
  /** The server takes 2000; what is left is for giving up each step. */
  private static final int MOST_UPDATES = 1_000;

  private final RunningChain running = new RunningChain();
  private final ChainSign sign = new ChainSign(running);
  private @Nullable StepDecisions decisions;
  private int updates;

  @Override
  public ChainResult run(RawValue chain, RawValue options) {
    return new ChainEndings(running, sign)
        .named(
            () -> {
              WorkflowArguments given = WorkflowArguments.read(chain, options);
              running.begin(validate(given));
              decisions = new StepDecisions(running, given.subject(), given.options());
              new MakeStage(running, sign).makeSteps();
              Film film = new JoinStage(running, sign).join();
              return new StoreStage(running, sign).store(film);
            });
  }

  /** The version before left what it could not read to the activity, as something else. */
  private static void requireReadable(WorkflowArguments given) {
    if (!given.unreadable().isEmpty() && Patched.by("refuseUnreadable")) {
      throw ChainFailure.invalid(FailureType.INVALID_REQUEST, given.unreadable())
          .toApplicationFailure();
    }
  }

  private ChainPlan validate(WorkflowArguments given) {
    requireReadable(given);
    sign.enter(RunningChain.VALIDATING);
    Verdict<ChainPlan> verdict =
        ChainCheck.check("Validate the chain", given.subject(), given.options())
            .then(VideoChainWorkflowImpl::underItsId);
    return verdict
        .value()
        .orElseThrow(
            () ->
                ChainFailure.invalid(FailureType.INVALID_REQUEST, verdict.violations())
                    .toApplicationFailure());
  }

  /** A chain of the version before is not asked: it runs, or its next step stalls and is. */
  private static Verdict<ChainPlan> underItsId(ChainPlan plan) {
    Verdict<ChainPlan> here = plan.under(Workflow.getInfo().getWorkflowId());
    boolean isAsked = here.isValid() || Patched.by("underItsId");
    return isAsked ? here : Verdict.valid(plan);
  }

  @Override
  public ChainProgress progress() {
    return ChainView.of(running);
  }

  @Override
  public ChainProgress approveStep(RawValue decision) {
    return decided(() -> decisions().approve(read(decision, May.CHANGE_THE_REQUEST_OR_REJECT)));
  }

  @Override
  public ChainProgress retryStep(RawValue decision) {
    return decided(() -> decisions().retry(read(decision, May.CHANGE_THE_REQUEST)));
  }

  @Override
  public ChainProgress skipStep(RawValue decision) {
    return decided(() -> decisions().skip(read(decision, May.NOTHING_MORE)));
  }

  @Override
  public ChainProgress raiseBudget(RawValue budget) {
    return decided(() -> decisions().raiseBudget(read(budget)));
  }

  @Override
  public void checkApproval(RawValue decision) {
    checkDecision(decision, May.CHANGE_THE_REQUEST_OR_REJECT);
  }

  @Override
  public void checkRetry(RawValue decision) {
    checkDecision(decision, May.CHANGE_THE_REQUEST);
  }

  @Override
  public void checkSkip(RawValue decision) {
    checkDecision(decision, May.NOTHING_MORE);
  }

  private void checkDecision(RawValue decision, May may) {
    requireRoomFor(decision);
    StepDecisions begun = decisions;
    if (begun != null && hasFewUpdatesLeft()) {
      begun.requireToGiveUp(read(decision, may), may);
    } else if (HistoryBudget.isUsedByAChain()) {
      StepDecisions.requireNoRequest(read(decision, may));
    }
  }

  @Override
  public void checkBudget(RawValue budget) {
    requireRoomFor(budget);
    if (decisions != null && hasFewUpdatesLeft()) {
      throw DecisionRefusals.because(null, StepDecisions.HISTORY_IS_FULL);
    } else if (HistoryBudget.isUsedByAChain()) {
      StepDecisions.read(read(budget), ChainOptionsReader.USUAL_CURRENCY);
    }
  }

  private static void requireRoomFor(RawValue decision) {
    if (UnreadArgument.isLong(decision) && HistoryBudget.isUsedByAChain()) {
      throw DecisionRefusals.because(null, StepDecisions.HISTORY_IS_FULL);
    }
  }

  private static StepDecision read(RawValue decision, May may) {
    return StepDecision.read(read(decision), may);
  }

  private static Json read(RawValue decision) {
    Verdict<Json> verdict = UnreadArgument.read(decision, "$");
    return verdict.value().orElseThrow(() -> DecisionRefusals.of(verdict.violations()));
  }

  private boolean hasFewUpdatesLeft() {
    return updates >= MOST_UPDATES;
  }

  private ChainProgress decided(Runnable decision) {
    updates++;
    ChainEndings.namedInAHandler(decision);
    return progress();
  }

  /** A decision that comes with the start waits until there are steps to decide about. */
  private StepDecisions decisions() {
    Workflow.await(() -> decisions != null);
    return Objects.requireNonNull(decisions);
  }
}
