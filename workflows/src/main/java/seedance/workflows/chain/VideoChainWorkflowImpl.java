package seedance.workflows.chain;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seedance.workflows.chain.StepDecision.May;
import seedance.workflows.generation.ActivityArguments;
import seedance.workflows.generation.Artifact;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.Problem;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.generation.WorkflowClock;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.OutputReference;
import seedance.workflows.request.RequestReferences;
import seedance.workflows.request.Violation;

/** Validate → make every step once what it is made from is there → join → manifest. */
public final class VideoChainWorkflowImpl implements VideoChainWorkflow {
  private final ChainStanding standing = new ChainStanding();
  private final StepFlow flow = new StepFlow(standing);
  private StepDecisions decisions;

  @Override
  public ChainResult run(AnyJson chain, AnyJson options) {
    AnyJson written = AnyJson.orNull(chain);
    AnyJson given = AnyJson.orNull(options);
    try {
      standing.begin(validate(written, given));
      decisions = new StepDecisions(standing, written, given);
      makeSteps();
      return finish(join());
    } catch (TemporalFailure failure) {
      throw ended(failure);
    }
  }

  private ChainPlan validate(AnyJson chain, AnyJson options) {
    standing.report("Validating the chain");
    Optional<Violation> tooLarge = ActivityArguments.violation(chain, options);
    if (tooLarge.isPresent()) {
      throw invalid(List.of(tooLarge.get()));
    }
    ChainVerdict verdict = ChainActivities.validate("Validate the chain").validate(chain, options);
    if (verdict instanceof ChainVerdict.Valid valid) {
      return valid.plan();
    }
    List<Violation> violations =
        verdict instanceof ChainVerdict.Invalid invalid ? invalid.violations() : List.of();
    throw invalid(violations);
  }

  private static ApplicationFailure invalid(List<Violation> violations) {
    return ChainFailure.invalid(FailureType.INVALID_REQUEST, violations).toApplicationFailure();
  }

  private void makeSteps() {
    standing.makesSteps();
    CancellationScope.current()
        .getCancellationRequest()
        .thenApply(
            request -> {
              standing.report("Cancelling: waiting for the steps that are being made");
              return request;
            });
    List<Promise<Void>> steps =
        standing.steps().stream().map(step -> Async.procedure(() -> flow.make(step))).toList();
    Async.procedure(standing::keepMemo).handle((never, cancelled) -> null);
    try {
      Promise.allOf(steps).get();
    } catch (TemporalFailure failure) {
      if (isCancel(failure)) {
        // Not before its generations have ended, which may be storing what is paid.
        steps.forEach(Promise::getFailure);
      }
      throw failure;
    }
    standing.clearMemo();
    Workflow.await(Workflow::isEveryHandlerFinished);
    List<StepRun> lost = standing.steps().stream().filter(StepRun::isLostByItself).toList();
    if (!lost.isEmpty()) {
      throw ChainFailure.of(lost).toApplicationFailure();
    }
  }

  private Optional<JoinOutcome> join() {
    List<String> generations =
        standing.options().join().stream()
            .map(standing::step)
            .filter(step -> step.state().isFinished())
            .map(StepRun::generation)
            .toList();
    if (generations.isEmpty()) {
      return Optional.empty();
    }
    standing.report("Joining the film");
    return Optional.of(film(new JoinRequest(generations)));
  }

  /** The clips are made and paid: that they cannot be joined fails nothing. */
  private static JoinOutcome film(JoinRequest request) {
    try {
      return ChainActivities.join().join(request);
    } catch (ActivityFailure failure) {
      if (isCancel(failure)) {
        throw failure;
      }
      return new JoinOutcome.NotJoined(
          new Problem(
              "it was tried again and again, until its time was over", WorkflowClock.now()));
    }
  }

  private ChainResult finish(Optional<JoinOutcome> joining) {
    standing.report("Writing the manifest");
    Artifact film =
        joining.orElse(null) instanceof JoinOutcome.Joined joined ? joined.film() : null;
    String filmProblem =
        joining.orElse(null) instanceof JoinOutcome.NotJoined not
            ? not.problem().what()
            : withoutSome();
    TotalCost total = TotalCost.of(standing.steps().stream());
    TotalCost cost = total.isNothing() ? null : total;
    ChainManifest manifest =
        new ChainManifest(
            Workflow.getInfo().getWorkflowId(),
            standing.steps().stream()
                .filter(step -> step.state().isFinished())
                .map(this::link)
                .toList(),
            film,
            cost);
    ChainResult result =
        new ChainResult(
            standing.steps().stream().map(VideoChainWorkflowImpl::outcome).toList(),
            film,
            filmProblem,
            cost,
            ChainActivities.store().store(manifest));
    standing.report("Done");
    return result;
  }

  /** What the film is without; null where it has all that was asked for. */
  private String withoutSome() {
    List<String> leftOut =
        standing.options().join().stream()
            .distinct()
            .filter(step -> !standing.step(step).state().isFinished())
            .toList();
    return leftOut.isEmpty() ? null : "without " + Names.some(leftOut) + ", left out";
  }

  private ChainManifest.Link link(StepRun step) {
    return new ChainManifest.Link(
        step.id(),
        step.generation(),
        step.result().orElseThrow().taskId(),
        RequestReferences.in(flow.request(step)).stream()
            .map(RequestReferences.Placed::reference)
            .map(OutputReference::url)
            .toList(),
        step.result().orElseThrow().artifacts(),
        step.result().orElseThrow().manifest());
  }

  private static ChainResult.Step outcome(StepRun step) {
    return new ChainResult.Step(
        step.id(),
        step.state(),
        step.state().isFinished() ? step.generation() : null,
        step.result().orElse(null));
  }

  private TemporalFailure ended(TemporalFailure failure) {
    standing.clearMemo();
    if (isCancel(failure)) {
      ChainFailure ending = ChainFailure.of(FailureType.CHAIN_CANCELLED, null, null);
      standing.giveUpCancelled();
      standing.report("Cancelled");
      Workflow.upsertMemo(Map.of(VideoGenerationWorkflow.ENDING_MEMO, ending));
      return new CanceledFailure(ending.message());
    }
    ApplicationFailure named =
        failure instanceof ApplicationFailure application
            ? application
            : ChainFailure.of(FailureType.INTERNAL_ERROR, null, failure.getClass().getSimpleName())
                .toApplicationFailure();
    standing.report("Failed: " + named.getOriginalMessage());
    return named;
  }

  private static boolean isCancel(TemporalFailure failure) {
    return failure instanceof CanceledFailure || failure.getCause() instanceof CanceledFailure;
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
