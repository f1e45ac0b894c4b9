package seedance.workflows.generation;

import io.temporal.common.converter.RawValue;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.Json;
import seedance.workflows.json.UnreadArgument;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violation;
import seedance.workflows.json.WorkflowArguments;

/**
 * Validate → submit → await → hand off.
 *
 * <p>It takes its arguments unread, see {@link UnreadVideoGeneration}. It is not final, so that a
 * host can give its workflow methods a versioning behaviour in a subclass.
 */
public class VideoGenerationWorkflowImpl
    implements UnreadVideoGeneration, ContinuedVideoGeneration {
  private static final Violation STARTED_BY_A_CLIENT =
      new Violation(
          "$", "goes on with a generation; start a " + VideoGenerationWorkflow.TYPE + " instead");
  private static final Violation TOO_LONG =
      new Violation("$", "is over 16 KiB, more than a decision needs");

  private final GenerationState state = new GenerationState();
  private final Endings endings = new Endings(state);
  private final ReconcileStage reconcile = new ReconcileStage(state, endings);
  private final Calls calls = new Calls();
  private boolean hasBegun;

  @Override
  public GenerationResult generate(@Nullable RawValue request, @Nullable RawValue options) {
    return endings.named(
        () -> {
          begin();
          WorkflowArguments given = WorkflowArguments.read(request, options);
          requireReadable(given);
          return make(given, validate(given.subject(), given.options()));
        });
  }

  /** Goes on where an earlier run stopped. */
  @Override
  public GenerationResult goOn(
      @Nullable RawValue request, @Nullable RawValue options, @Nullable RawValue continuation) {
    return endings.named(
        () -> {
          begin();
          Continuation from = handedOver(UnreadArgument.read(continuation, "$"));
          state.report(from.progress());
          return make(WorkflowArguments.read(request, options), from);
        });
  }

  private void begin() {
    hasBegun = true;
    state.begins();
  }

  /** The version before left what it could not read to the activity, as something else. */
  private void requireReadable(WorkflowArguments given) {
    if (!given.unreadable().isEmpty() && Patched.by("refuseUnreadable")) {
      throw endings.failed(GenerationFailure.invalidRequest(given.unreadable()));
    }
  }

  private Continuation handedOver(Verdict<Json> argument) {
    if (Workflow.getInfo().getContinuedExecutionRunId().isEmpty()) {
      throw endings.failed(GenerationFailure.invalidRequest(List.of(STARTED_BY_A_CLIENT)));
    }
    Json continuation = argument.value().orElse(Json.NULL);
    if (continuation.isNull()) {
      throw endings.failed(
          GenerationFailure.because(
              FailureType.INTERNAL_ERROR, null, "the run before handed nothing over"));
    }
    return Continuation.read(continuation);
  }

  private GenerationResult make(WorkflowArguments given, Continuation from) {
    state.goOnAfter(from.earlierSubmissions());
    if (!(from.position() instanceof Position.Submitting)) {
      state.knowsItsTask();
    }
    GenerationRun run = new GenerationRun(given.subject(), given.options(), from, state, endings);
    Position.WithTask task =
        new SubmitStage(run, state, endings, reconcile).submit(from.position());
    GenerationResult result = awaitAndHandOff(run, task);
    endings.keepPastCancel(VideoGenerationWorkflow.RESULT_MEMO, result);
    return result;
  }

  private Continuation validate(Json request, Json options) {
    state.report(state.progress().adopting(taskToAdopt(options)));
    Optional<Violation> tooLarge = ActivityArguments.violation(request, options);
    if (tooLarge.isPresent()) {
      throw endings.failed(GenerationFailure.invalidRequest(List.of(tooLarge.get())));
    }
    Validation verdict =
        GenerationActivities.validate("Validate the request").validate(request, options);
    if (verdict instanceof Validation.Valid valid) {
      return Continuation.first(valid, state.progress());
    }
    if (verdict instanceof Validation.Invalid invalid) {
      throw endings.failed(GenerationFailure.invalidRequest(invalid.violations()));
    }
    throw endings.unknownAnswer(verdict);
  }

  /** Of options that nobody has checked yet; null where they name none. */
  private static @Nullable String taskToAdopt(Json options) {
    return GenerationOptions.check(options).value().flatMap(GenerationOptions::adopt).orElse(null);
  }

  /**
   * A cancel goes to the service first; the clip that comes all the same is stored all the same.
   */
  private GenerationResult awaitAndHandOff(GenerationRun run, Position.WithTask from) {
    AwaitStage await = new AwaitStage(run, state, endings, calls);
    HandOffStage handOff = new HandOffStage(run, state, endings);
    try {
      return handOff.handOff(await.await(from));
    } catch (TemporalFailure failure) {
      if (!Endings.isCancel(failure)) {
        throw failure;
      }
      new CancelStage(state, endings).cancel(failure, from.task(), run.plan());
      return Uncancelled.run(
          () -> handOff.handOff(handOff.reached().orElseGet(() -> await.await(again(run, from)))));
    }
  }

  private static Position.WithTask again(GenerationRun run, Position.WithTask from) {
    return Position.Awaiting.found(from.task().seenNow(), run.plan(), from.storedRequest());
  }

  @Override
  public Progress progress() {
    return state.progress();
  }

  /** A decision that comes with a run that goes on waits until that knows what it is about. */
  @Override
  public Progress resolveSubmission(@Nullable RawValue decision) {
    if (isYetToGoOn()) {
      Workflow.await(() -> hasBegun);
      reconcile.check(read(decision));
    }
    return endings.namedInAHandler(
        () -> {
          reconcile.decide(read(decision));
          return state.progress();
        });
  }

  @Override
  public void checkDecision(@Nullable RawValue decision) {
    if (UnreadArgument.isLong(decision)) {
      throw GenerationFailure.refusedDecision(List.of(TOO_LONG)).toApplicationFailure();
    }
    if (!isYetToGoOn()) {
      reconcile.check(read(decision));
    }
  }

  private boolean isYetToGoOn() {
    return !hasBegun && ContinuedVideoGeneration.TYPE.equals(Workflow.getInfo().getWorkflowType());
  }

  private static SubmissionDecision read(@Nullable RawValue decision) {
    Verdict<SubmissionDecision> verdict =
        UnreadArgument.read(decision, "$").then(SubmissionDecision::check);
    return verdict
        .value()
        .orElseThrow(
            () -> GenerationFailure.refusedDecision(verdict.violations()).toApplicationFailure());
  }

  @Override
  public void callbackReceived() {
    reconcile.callbackReceived();
    calls.received();
  }
}
