package seedance.workflows.generation;

import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.Violation;

/** Validate → submit → await → hand off. */
public final class VideoGenerationWorkflowImpl implements VideoGenerationWorkflow {
  private static final Violation STARTED_BY_A_CLIENT =
      new Violation("$", "goes on with a generation; start a " + TYPE + " instead");

  private final Standing standing = new Standing();
  private final Endings endings = new Endings(standing);
  private final ReconcileStage reconcile = new ReconcileStage(standing, endings);

  @Override
  public GenerationResult generate(AnyJson request, AnyJson options) {
    AnyJson body = AnyJson.orNull(request);
    AnyJson given = AnyJson.orNull(options);
    return endings.named(
        () -> {
          standing.begins();
          return make(body, given, validate(body, given));
        });
  }

  /** Goes on where an earlier run stopped. */
  GenerationResult goOn(AnyJson request, AnyJson options, AnyJson continuation) {
    return endings.named(
        () -> {
          standing.begins();
          Continuation from = handedOver(continuation);
          standing.report(from.progress());
          return make(request, options, from);
        });
  }

  private Continuation handedOver(AnyJson continuation) {
    if (Workflow.getInfo().getContinuedExecutionRunId().isEmpty()) {
      throw endings.failed(GenerationFailure.invalidRequest(List.of(STARTED_BY_A_CLIENT)));
    }
    if (continuation.isNull() || continuation.isUnreadable()) {
      throw endings.failed(
          GenerationFailure.because(
              FailureType.INTERNAL_ERROR, null, "the run before handed nothing over"));
    }
    return Continuation.read(continuation);
  }

  private GenerationResult make(AnyJson request, AnyJson options, Continuation from) {
    standing.goOnAfter(from.earlierSubmissions());
    if (!(from.position() instanceof Position.Submitting)) {
      standing.knowsItsTask();
    }
    GenerationRun run = new GenerationRun(request, options, from, standing, endings);
    Position.WithTask task =
        new SubmitStage(run, standing, endings, reconcile).submit(from.position());
    GenerationResult result = awaitAndHandOff(run, task);
    endings.keepPastCancel(RESULT_MEMO, result);
    return result;
  }

  private Continuation validate(AnyJson request, AnyJson options) {
    standing.report(standing.progress().adopting(taskToAdopt(options)));
    Optional<Violation> tooLarge = ActivityArguments.violation(request, options);
    if (tooLarge.isPresent()) {
      throw endings.failed(GenerationFailure.invalidRequest(List.of(tooLarge.get())));
    }
    Validation verdict =
        GenerationActivities.validate("Validate the request").validate(request, options);
    if (verdict instanceof Validation.Valid valid) {
      return Continuation.first(valid, standing.progress());
    }
    if (verdict instanceof Validation.Invalid invalid) {
      throw endings.failed(GenerationFailure.invalidRequest(invalid.violations()));
    }
    throw endings.unknownAnswer(verdict);
  }

  /** Of options that nobody has judged yet; null where they name none. */
  private static String taskToAdopt(AnyJson options) {
    return GenerationOptions.check(options) instanceof OptionsVerdict.Valid valid
        ? valid.options().adopt().orElse(null)
        : null;
  }

  /**
   * A cancel goes to the service first; the clip that comes all the same is stored all the same.
   */
  private GenerationResult awaitAndHandOff(GenerationRun run, Position.WithTask from) {
    AwaitStage await = new AwaitStage(run, standing, endings);
    HandOffStage handOff = new HandOffStage(run, standing, endings);
    try {
      return handOff.handOff(await.await(from));
    } catch (TemporalFailure failure) {
      if (!Endings.isCancel(failure)) {
        throw failure;
      }
      new CancelStage(standing, endings).cancel(failure, from.task(), run.plan());
      return Uncancelled.run(
          () -> handOff.handOff(handOff.reached().orElseGet(() -> await.await(again(run, from)))));
    }
  }

  private static Position.WithTask again(GenerationRun run, Position.WithTask from) {
    return Position.Awaiting.first(from.task().seenNow(), run.plan(), from.storedRequest());
  }

  @Override
  public Progress progress() {
    return standing.progress();
  }

  @Override
  public Progress resolveSubmission(AnyJson decision) {
    return endings.namedInAHandler(
        () -> {
          reconcile.decide(read(decision));
          return standing.progress();
        });
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
