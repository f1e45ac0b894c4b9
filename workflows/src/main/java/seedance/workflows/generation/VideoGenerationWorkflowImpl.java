package seedance.workflows.generation;

import io.temporal.failure.TemporalFailure;
import java.util.List;
import java.util.Optional;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.Violation;

/** Validate → submit → await → hand off. */
public final class VideoGenerationWorkflowImpl implements VideoGenerationWorkflow {
  private final Standing standing = new Standing();
  private final Endings endings = new Endings(standing);
  private final ReconcileStage reconcile = new ReconcileStage(standing, endings);

  @Override
  public GenerationResult generate(AnyJson request, AnyJson options) {
    AnyJson body = AnyJson.orNull(request);
    AnyJson given = AnyJson.orNull(options);
    try {
      GenerationPlan plan = validate(body, given);
      SubmitOutcome.Accepted task = submit(body, given, plan);
      GenerationResult result = awaitAndHandOff(body, plan, task);
      endings.keepPastCancel(RESULT_MEMO, result);
      return result;
    } catch (TemporalFailure failure) {
      throw endings.ended(failure);
    }
  }

  private GenerationPlan validate(AnyJson request, AnyJson options) {
    standing.report(standing.progress());
    Optional<Violation> tooLarge = ActivityArguments.violation(request, options);
    if (tooLarge.isPresent()) {
      throw endings.failed(GenerationFailure.invalidRequest(List.of(tooLarge.get())));
    }
    Validation verdict =
        GenerationActivities.validate("Validate the request").validate(request, options);
    if (verdict instanceof Validation.Valid valid) {
      return valid.plan();
    }
    if (verdict instanceof Validation.Invalid invalid) {
      throw endings.failed(GenerationFailure.invalidRequest(invalid.violations()));
    }
    throw endings.unknownAnswer(verdict);
  }

  private SubmitOutcome.Accepted submit(AnyJson request, AnyJson options, GenerationPlan plan) {
    SubmitStage submit = new SubmitStage(standing, endings, reconcile);
    Optional<String> adopted = plan.options().adopt();
    SubmitOutcome.Accepted task =
        adopted.isPresent()
            ? submit.adopt(adopted.get(), plan)
            : submit.submit(request, options, plan);
    standing.report(standing.progress().awaiting(task, plan));
    return task;
  }

  /**
   * A cancel goes to the service first; the clip that comes all the same is stored all the same.
   */
  private GenerationResult awaitAndHandOff(
      AnyJson request, GenerationPlan plan, SubmitOutcome.Accepted task) {
    AwaitStage await = new AwaitStage(standing, endings);
    HandOffStage handOff = new HandOffStage(standing, endings);
    try {
      return handOff.handOff(request, plan, task, await.await(task, plan));
    } catch (TemporalFailure failure) {
      if (!Endings.isCancel(failure)) {
        throw failure;
      }
      new CancelStage(standing, endings).cancel(failure, task, plan);
      return Uncancelled.run(
          () -> handOff.handOff(request, plan, task, await.await(task.seenNow(), plan)));
    }
  }

  @Override
  public Progress progress() {
    return standing.progress();
  }

  @Override
  public Progress resolveSubmission(AnyJson decision) {
    reconcile.decide(read(decision));
    return standing.progress();
  }

  @Override
  public void checkDecision(AnyJson decision) {
    reconcile.check(read(decision));
  }

  private static SubmissionDecision read(AnyJson decision) {
    SubmissionDecision.Verdict verdict = SubmissionDecision.check(decision);
    if (verdict instanceof SubmissionDecision.Verdict.Valid valid) {
      return valid.decision();
    }
    throw GenerationFailure.refusedDecision(
            ((SubmissionDecision.Verdict.Invalid) verdict).violations())
        .toApplicationFailure();
  }

  @Override
  public void callbackReceived() {
    reconcile.callbackReceived();
  }
}
