package seedance.client;

import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.Progress;
import seedance.workflows.generation.SubmissionDecision;
import seedance.workflows.generation.VideoGenerationWorkflow;

/** One generation, running or ended, whoever started it. Safe for use by several threads. */
public final class GenerationHandle {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final RunningWorkflow<Progress> running;
  private final boolean isNew;

  GenerationHandle(WorkflowStub workflow, boolean isNew) {
    this.running = new RunningWorkflow<>(workflow, Progress.class);
    this.isNew = isNew;
  }

  /** The workflow's id. */
  public String workflowId() {
    return running.id();
  }

  /**
   * Whether the {@link SeedanceClient#start} that returned this started it; false where the same
   * generation ran or had succeeded already, and for {@link SeedanceClient#handle}.
   */
  public boolean isNew() {
    return isNew;
  }

  /** The workflow itself, for whatever else Temporal can do with it. */
  public WorkflowStub workflow() {
    return running.stub();
  }

  /**
   * Where it stands. A worker answers this, so one must be polling the task queue; ten seconds are
   * waited for one.
   *
   * @throws NoWorkerAnswersException if none answered
   * @throws WorkflowNotFoundException if there is no such workflow
   * @throws WorkflowQueryException if the workflow is none of ours
   */
  public Progress progress() {
    return running.progress();
  }

  /**
   * Decides about a submission whose answer was lost, while {@link #progress()} is at the stage
   * {@code decide}; or at {@code reconcile}, except for a resubmission. A worker takes the
   * decision, so ten seconds are waited for one; taking over a task then waits for the service's
   * word on it, a few minutes at most.
   *
   * @return where the generation stands when the decision was taken
   * @throws DecisionRefusedException if it was not taken, with the reason
   * @throws NoWorkerAnswersException if no worker answered; one that comes later may still take it,
   *     and deciding again does no harm, as a submission is decided once
   * @throws WorkflowNotFoundException if there is no such workflow, or it has ended
   */
  public Progress resolve(SubmissionDecision decision) {
    return running.update("resolveSubmission", decision.json());
  }

  /**
   * Whether it has ended, in whatever way.
   *
   * @throws WorkflowNotFoundException if there is no such workflow
   */
  public boolean isOver() {
    return running.isOver();
  }

  /**
   * Whether a start of the same id must start nothing: it runs, or its clip is stored.
   *
   * @param again whether to start even where a failed one may have been charged
   * @throws MayBeChargedException if it failed, may have been charged, and not {@code again}
   * @throws WorkflowNotFoundException if there is no such workflow
   */
  boolean standsInTheWay(boolean again) {
    if (!isOver()) {
      return true;
    }
    try {
      result();
      return true;
    } catch (GenerationFailedException ending) {
      if (ending.mayBeCharged() && !again) {
        throw new MayBeChargedException(this, ending);
      }
      return false;
    }
  }

  /**
   * Waits for the end, however long that takes.
   *
   * @throws GenerationFailedException if it ended without a result
   * @throws WorkflowNotFoundException if there is no such workflow
   */
  public GenerationResult result() {
    try {
      return workflow().getResult(GenerationResult.class);
    } catch (WorkflowFailedException failed) {
      return resultPastCancel(failed);
    }
  }

  /** {@link #result()} without blocking; completes with the exceptions that it throws. */
  public CompletableFuture<GenerationResult> resultAsync() {
    return workflow()
        .getResultAsync(GenerationResult.class)
        .exceptionally(
            thrown -> {
              Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
              if (cause instanceof WorkflowFailedException failed) {
                return resultPastCancel(failed);
              }
              throw new CompletionException(cause);
            });
  }

  /**
   * A cancelled workflow leaves its last words in its memo: a clip that was stored, or a failure.
   */
  private GenerationResult resultPastCancel(WorkflowFailedException failed) {
    if (failed.getCause() instanceof CanceledFailure) {
      WorkflowExecutionDescription closed = workflow().describe();
      GenerationResult result =
          closed.getMemo(
              VideoGenerationWorkflow.RESULT_MEMO, GenerationResult.class, GenerationResult.class);
      if (result != null) {
        return result;
      }
      GenerationFailure ending =
          closed.getMemo(
              VideoGenerationWorkflow.ENDING_MEMO,
              GenerationFailure.class,
              GenerationFailure.class);
      if (ending != null) {
        throw GenerationFailedException.cancelled(failed, ending);
      }
    }
    throw GenerationFailedException.of(failed);
  }

  /**
   * Asks for cancellation and returns at once. A queued task is cancelled at the service; one that
   * runs goes on there and is charged, and {@code options.onCancel} says whether its clip is stored
   * all the same. The end, which {@link #result()} waits for, says what it was.
   *
   * @throws WorkflowNotFoundException if there is no such workflow, or it has ended
   */
  public void cancel() {
    workflow().cancel();
  }

  /**
   * Waits for the end and tells {@code listener}, on the calling thread, each time the generation
   * stands elsewhere. An interrupt ends the following, not the generation.
   *
   * @throws GenerationFailedException if it ended without a result
   * @throws WorkflowNotFoundException if there is no such workflow
   * @throws InterruptedException if the calling thread is interrupted
   */
  public GenerationResult follow(FollowListener<? super Progress> listener)
      throws InterruptedException {
    return running.follow(resultAsync(), listener, GenerationHandle::pauseAfter);
  }

  /** Nothing changes before the next look, so a long wait asks seldom. */
  private static Duration pauseAfter(Progress progress) {
    if (progress.nextLookAt() == null) {
      return RunningWorkflow.SHORTEST_PAUSE;
    }
    Duration untilLook = Duration.between(Instant.now(), progress.nextLookAt());
    if (untilLook.compareTo(RunningWorkflow.SHORTEST_PAUSE) < 0) {
      return RunningWorkflow.SHORTEST_PAUSE;
    }
    return untilLook.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : untilLook;
  }
}
