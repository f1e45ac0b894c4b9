package seedance.workflows.generation;

import io.temporal.common.converter.RawValue;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.Json;
import seedance.workflows.json.UnreadArgument;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violation;

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

  private final GenerationState standing = new GenerationState();
  private final Endings endings = new Endings(standing);
  private final ReconcileStage reconcile = new ReconcileStage(standing, endings);
  private boolean hasBegun;

  @Override
  public GenerationResult generate(@Nullable RawValue request, @Nullable RawValue options) {
    return endings.named(
        () -> {
          begin();
          Verdict<Json> body = UnreadArgument.read(request, "$");
          Verdict<Json> given = UnreadArgument.read(options, "options");
          requireReadable(body, given);
          return make(json(body), json(given), validate(json(body), json(given)));
        });
  }

  /** Goes on where an earlier run stopped. */
  @Override
  public GenerationResult goOn(
      @Nullable RawValue request, @Nullable RawValue options, @Nullable RawValue continuation) {
    return endings.named(
        () -> {
          begin();
          Continuation from = handedOver(json(UnreadArgument.read(continuation, "$")));
          standing.report(from.progress());
          return make(
              json(UnreadArgument.read(request, "$")),
              json(UnreadArgument.read(options, "options")),
              from);
        });
  }

  private void begin() {
    hasBegun = true;
    standing.begins();
  }

  private static Json json(Verdict<Json> argument) {
    return argument.value().orElse(Json.NULL);
  }

  /** The version before left what it could not read to the activity, as something else. */
  private void requireReadable(Verdict<Json> request, Verdict<Json> options) {
    List<Violation> unreadable =
        Stream.of(request, options).flatMap(verdict -> verdict.violations().stream()).toList();
    if (!unreadable.isEmpty() && Patched.by("refuseUnreadable")) {
      throw endings.failed(GenerationFailure.invalidRequest(unreadable));
    }
  }

  private Continuation handedOver(Json continuation) {
    if (Workflow.getInfo().getContinuedExecutionRunId().isEmpty()) {
      throw endings.failed(GenerationFailure.invalidRequest(List.of(STARTED_BY_A_CLIENT)));
    }
    if (continuation.isNull()) {
      throw endings.failed(
          GenerationFailure.because(
              FailureType.INTERNAL_ERROR, null, "the run before handed nothing over"));
    }
    return Continuation.read(continuation);
  }

  private GenerationResult make(Json request, Json options, Continuation from) {
    standing.goOnAfter(from.earlierSubmissions());
    if (!(from.position() instanceof Position.Submitting)) {
      standing.knowsItsTask();
    }
    GenerationRun run = new GenerationRun(request, options, from, standing, endings);
    Position.WithTask task =
        new SubmitStage(run, standing, endings, reconcile).submit(from.position());
    GenerationResult result = awaitAndHandOff(run, task);
    endings.keepPastCancel(VideoGenerationWorkflow.RESULT_MEMO, result);
    return result;
  }

  private Continuation validate(Json request, Json options) {
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

  /** Of options that nobody has checked yet; null where they name none. */
  private static @Nullable String taskToAdopt(Json options) {
    return GenerationOptions.check(options).value().flatMap(GenerationOptions::adopt).orElse(null);
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
          return standing.progress();
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
  }
}
