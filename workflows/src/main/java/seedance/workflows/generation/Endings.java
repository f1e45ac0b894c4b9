package seedance.workflows.generation;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.Progress.Stage;

/**
 * Every way to end without a clip goes through here, so that progress, metrics and the failure's
 * type always agree.
 */
final class Endings {
  private final GenerationState state;
  private final CancellationScope workflow = CancellationScope.current();

  /** Made in the workflow's own scope, as a cancel arrives there. */
  Endings(GenerationState state) {
    this.state = state;
  }

  boolean isCancelRequested() {
    return workflow.isCancelRequested();
  }

  static boolean isCancel(TemporalFailure failure) {
    return failure instanceof CanceledFailure || failure.getCause() instanceof CanceledFailure;
  }

  ApplicationFailure failure(FailureType type, Problem problem) {
    return failed(GenerationFailure.because(type, state.progress().taskId(), problem.what()));
  }

  ApplicationFailure byService(ServiceError error, @Nullable String taskId) {
    return failed(GenerationFailure.byService(error, taskId));
  }

  ApplicationFailure failed(GenerationFailure ending) {
    return lastWords(ending).toApplicationFailure();
  }

  private GenerationFailure lastWords(GenerationFailure ending) {
    GenerationFailure whole = ending.after(state.earlier());
    keepPastCancel(VideoGenerationWorkflow.ENDING_MEMO, whole);
    return whole;
  }

  ApplicationFailure unknownAnswer(@Nullable Object answer) {
    return failure(
        FailureType.INTERNAL_ERROR,
        new Problem(
            "an activity answered "
                + (answer == null ? "nothing" : answer.getClass().getSimpleName()),
            WorkflowClock.now()));
  }

  /** Does the work of the workflow's own method; whatever ends it is a failure of the catalogue. */
  <T> T named(Supplier<T> work) {
    try {
      return work.get();
    } catch (TemporalFailure failure) {
      throw ended(failure);
    } catch (RuntimeException failure) {
      if (LastGuard.letsStall(failure)) {
        throw failure;
      }
      throw ended(failed(bug(failure)));
    }
  }

  /** Does the work of a handler; a bug in it ends the handler by name, and not the workflow. */
  <T> T namedInAHandler(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException failure) {
      throw LastGuard.isBug(failure) ? bug(failure).toApplicationFailure() : failure;
    }
  }

  private GenerationFailure bug(RuntimeException failure) {
    String stored = state.stored().map(manifest -> "; its clip is stored: " + manifest).orElse("");
    return GenerationFailure.because(
        FailureType.INTERNAL_ERROR, state.progress().taskId(), LastGuard.inWords(failure) + stored);
  }

  /** Turns whatever ended the run into the failure that its caller sees. */
  private TemporalFailure ended(TemporalFailure failure) {
    if (isCancel(failure)) {
      GenerationFailure ending = lastWords(cancelled());
      state.reportEnd(Stage.CANCELLED, ending.message());
      return new CanceledFailure(ending.message());
    }
    ApplicationFailure named =
        failure instanceof ApplicationFailure application
            ? application
            : failure(FailureType.INTERNAL_ERROR, unreported(failure));
    state.reportEnd(
        isCancelRequested() ? Stage.CANCELLED : Stage.FAILED, named.getOriginalMessage());
    Workflow.getMetricsScope()
        .tagged(Map.of("type", named.getType()))
        .counter("seedance_generation_failures")
        .inc(1);
    return named;
  }

  private GenerationFailure cancelled() {
    Progress progress = state.progress();
    if (progress.taskId() != null) {
      return GenerationFailure.because(
          FailureType.ABANDONED,
          progress.taskId(),
          progress.isBeforeAdoption() ? "it was not taken over yet" : null);
    }
    return state.earlier() == null
        ? GenerationFailure.because(FailureType.NOT_SUBMITTED, null, null)
        : GenerationFailure.because(
            FailureType.SUBMISSION_UNKNOWN,
            null,
            "the workflow was cancelled before another submission made a task");
  }

  /** A cancelled workflow closes without its last words, so they go into its memo. */
  void keepPastCancel(String memo, Object lastWords) {
    if (isCancelRequested()) {
      Workflow.upsertMemo(Map.of(memo, lastWords));
    }
  }

  static Problem unreported(TemporalFailure failure) {
    String activity =
        failure instanceof ActivityFailure of ? of.getActivityType() : "something unexpected";
    String how = failure.getCause() instanceof TimeoutFailure ? " timed out" : " failed";
    return new Problem(
        "the activity " + activity + how + " without an answer", WorkflowClock.now());
  }
}
