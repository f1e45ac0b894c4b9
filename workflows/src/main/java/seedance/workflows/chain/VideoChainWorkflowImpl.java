package seedance.workflows.chain;

import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import seedance.workflows.chain.JoinStage.Film;
import seedance.workflows.chain.StepDecision.May;
import seedance.workflows.generation.FailureType;
import seedance.workflows.request.AnyJson;

/** Validate → make the steps → join → store the manifest. */
public final class VideoChainWorkflowImpl implements VideoChainWorkflow {
  private final ChainStanding standing = new ChainStanding();
  private final StepFlow flow = new StepFlow(standing);
  private final DecisionMemo memo = new DecisionMemo(standing);
  private StepDecisions decisions;

  @Override
  public ChainResult run(AnyJson chain, AnyJson options) {
    AnyJson written = AnyJson.orNull(chain);
    AnyJson given = AnyJson.orNull(options);
    try {
      standing.begin(validate(written, given));
      decisions = new StepDecisions(standing, written, given);
      new MakeStage(standing, flow, memo).makeSteps();
      Film film = new JoinStage(standing).join();
      return new StoreStage(standing, flow).store(film);
    } catch (TemporalFailure failure) {
      throw new ChainEndings(standing, memo).ended(failure);
    }
  }

  private ChainPlan validate(AnyJson chain, AnyJson options) {
    standing.report("Validating the chain");
    ChainVerdict verdict = ChainJudge.judge("Validate the chain", chain, options);
    if (verdict instanceof ChainVerdict.Valid valid) {
      return valid.plan();
    }
    throw ChainFailure.invalid(
            FailureType.INVALID_REQUEST, ((ChainVerdict.Invalid) verdict).violations())
        .toApplicationFailure();
  }

  @Override
  public ChainProgress progress() {
    return standing.progress();
  }

  @Override
  public ChainProgress approveStep(AnyJson decision) {
    StepDecision read = StepDecision.read(decision, May.CHANGE_THE_REQUEST_OR_REJECT);
    decisions().approve(read);
    return progress();
  }

  @Override
  public ChainProgress retryStep(AnyJson decision) {
    StepDecision read = StepDecision.read(decision, May.CHANGE_THE_REQUEST);
    decisions().retry(read);
    return progress();
  }

  @Override
  public ChainProgress skipStep(AnyJson decision) {
    StepDecision read = StepDecision.read(decision, May.NOTHING_MORE);
    decisions().skip(read);
    return progress();
  }

  @Override
  public ChainProgress raiseBudget(AnyJson budget) {
    decisions().raiseBudget(budget);
    return progress();
  }

  /** A decision that comes with the start waits until there are steps to decide about. */
  private StepDecisions decisions() {
    Workflow.await(() -> decisions != null);
    return decisions;
  }
}
