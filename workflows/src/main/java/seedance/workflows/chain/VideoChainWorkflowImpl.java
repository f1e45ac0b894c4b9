package seedance.workflows.chain;

import io.temporal.workflow.Workflow;
import seedance.workflows.chain.JoinStage.Film;
import seedance.workflows.chain.StepDecision.May;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.HistoryBudget;
import seedance.workflows.request.AnyJson;

/** Validate → make the steps → join → store the manifest. */
public final class VideoChainWorkflowImpl implements VideoChainWorkflow {
  /** The server takes 2000; what is left is for giving up each step. */
  private static final int MOST_UPDATES = 1_000;

  private final ChainStanding standing = new ChainStanding();
  private final StepFlow flow = new StepFlow(standing);
  private final DecisionMemo memo = new DecisionMemo(standing);
  private StepDecisions decisions;
  private int updates;

  @Override
  public ChainResult run(AnyJson chain, AnyJson options) {
    AnyJson written = AnyJson.orNull(chain);
    AnyJson given = AnyJson.orNull(options);
    return new ChainEndings(standing, memo)
        .named(
            () -> {
              standing.begin(validate(written, given));
              decisions = new StepDecisions(standing, written, given);
              new MakeStage(standing, flow, memo).makeSteps();
              Film film = new JoinStage(standing).join();
              return new StoreStage(standing, flow).store(film);
            });
  }

  private ChainPlan validate(AnyJson chain, AnyJson options) {
    standing.report("Validating the chain");
    ChainVerdict verdict = underItsId(ChainJudge.judge("Validate the chain", chain, options));
    if (verdict instanceof ChainVerdict.Valid valid) {
      return valid.plan();
    }
    throw ChainFailure.invalid(
            FailureType.INVALID_REQUEST, ((ChainVerdict.Invalid) verdict).violations())
        .toApplicationFailure();
  }

  /** A chain of the version before is not asked: it runs, or its next step stalls and is. */
  private static ChainVerdict underItsId(ChainVerdict verdict) {
    ChainVerdict here = verdict.under(Workflow.getInfo().getWorkflowId());
    boolean isAsked =
        here.equals(verdict)
            || Workflow.getVersion("underItsId", Workflow.DEFAULT_VERSION, 1)
                != Workflow.DEFAULT_VERSION;
    return isAsked ? here : verdict;
  }

  @Override
  public ChainProgress progress() {
    return standing.progress();
  }

  @Override
  public ChainProgress approveStep(AnyJson decision) {
    return decided(
        () -> decisions().approve(StepDecision.read(decision, May.CHANGE_THE_REQUEST_OR_REJECT)));
  }

  @Override
  public ChainProgress retryStep(AnyJson decision) {
    return decided(() -> decisions().retry(StepDecision.read(decision, May.CHANGE_THE_REQUEST)));
  }

  @Override
  public ChainProgress skipStep(AnyJson decision) {
    return decided(() -> decisions().skip(StepDecision.read(decision, May.NOTHING_MORE)));
  }

  @Override
  public ChainProgress raiseBudget(AnyJson budget) {
    return decided(() -> decisions().raiseBudget(budget));
  }

  /** What a full history has no room for is refused before it becomes a part of that. */
  void checkDecision(AnyJson decision, May may) {
    if (hasFewUpdatesLeft()) {
      decisions.requireToGiveUp(StepDecision.read(decision, may), may);
    } else if (HistoryBudget.isUsedByAChain()) {
      StepDecisions.requireNoRequest(StepDecision.read(decision, may));
    }
  }

  /** The same of a budget. */
  void checkBudget(AnyJson budget) {
    if (hasFewUpdatesLeft()) {
      throw Refusals.because(null, StepDecisions.HISTORY_IS_FULL);
    } else if (HistoryBudget.isUsedByAChain()) {
      StepDecisions.read(budget, ChainOptionsReader.USUAL_CURRENCY);
    }
  }

  private boolean hasFewUpdatesLeft() {
    return updates >= MOST_UPDATES && decisions != null;
  }

  private ChainProgress decided(Runnable decision) {
    updates++;
    ChainEndings.namedInAHandler(decision);
    return progress();
  }

  /** A decision that comes with the start waits until there are steps to decide about. */
  private StepDecisions decisions() {
    Workflow.await(() -> decisions != null);
    return decisions;
  }
}
