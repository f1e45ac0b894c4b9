package seedance.client;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.Progress;
import seedance.workflows.generation.SubmissionDecision;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.request.AnyJson;

/** One generation, running or ended, whoever started it. Safe for use by several threads. */
public final class GenerationHandle {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(400);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private static final Duration PATIENCE_WITH_WORKERS = Duration.ofSeconds(10);
  private static final Executor QUESTIONS =
      question -> {
        Thread thread = new Thread(question, "seedance-question");
        thread.setDaemon(true);
        thread.start();
      };

  private final WorkflowStub workflow;
  private final boolean isNew;

  GenerationHandle(WorkflowStub workflow, boolean isNew) {
    this.workflow = Objects.requireNonNull(workflow, "workflow");
    this.isNew = isNew;
  }

  /** The workflow's id. */
  public String workflowId() {
    return workflow.getExecution().getWorkflowId();
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
    return workflow;
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
    try {
      return inTime(ask());
    } catch (WorkflowNotFoundException | WorkflowQueryException said) {
      throw said;
    } catch (WorkflowException unanswered) {
      throw new NoWorkerAnswersException(workflowId(), unanswered);
    }
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
    AnyJson json = decision.json();
    try {
      return inTime(
              CompletableFuture.supplyAsync(
                  () ->
                      workflow.startUpdate(
                          "resolveSubmission", WorkflowUpdateStage.ACCEPTED, Progress.class, json),
                  QUESTIONS))
          .getResult();
    } catch (WorkflowUpdateException refused) {
      throw DecisionRefusedException.of(refused);
    } catch (WorkflowUpdateTimeoutOrCancelledException unanswered) {
      throw new NoWorkerAnswersException(workflowId(), unanswered);
    }
  }

  private <T> T inTime(CompletableFuture<T> answer) {
    try {
      return answer.orTimeout(PATIENCE_WITH_WORKERS.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof WorkflowException said
          ? said
          : new NoWorkerAnswersException(workflowId(), failed.getCause());
    }
  }

  /** The SDK waits up to a minute for an answer, too long to sit through. */
  private CompletableFuture<Progress> ask() {
    return CompletableFuture.supplyAsync(
        () -> workflow.query("progress", Progress.class), QUESTIONS);
  }

  /**
   * Whether it has ended, in whatever way.
   *
   * @throws WorkflowNotFoundException if there is no such workflow
   */
  public boolean isOver() {
    return workflow.describe().getStatus()
        != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
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
      return workflow.getResult(GenerationResult.class);
    } catch (WorkflowFailedException failed) {
      return resultPastCancel(failed);
    }
  }

  /** {@link #result()} without blocking; completes with the exceptions that it throws. */
  public CompletableFuture<GenerationResult> resultAsync() {
    return workflow
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
      WorkflowExecutionDescription closed = workflow.describe();
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
    workflow.cancel();
  }

  /**
   * Waits for the end and tells {@code listener}, on the calling thread, each time the generation
   * stands elsewhere. An interrupt ends the following, not the generation.
   *
   * @throws GenerationFailedException if it ended without a result
   * @throws WorkflowNotFoundException if there is no such workflow
   * @throws InterruptedException if the calling thread is interrupted
   */
  public GenerationResult follow(FollowListener listener) throws InterruptedException {
    CompletableFuture<GenerationResult> end = resultAsync();
    CompletableFuture<Progress> answer = ask();
    Progress last = null;
    boolean answered = true;
    while (!isDone(end, Duration.ZERO)) {
      if (isDone(CompletableFuture.anyOf(answer, end), PATIENCE_WITH_WORKERS)
          && answer.isDone()
          && !answer.isCompletedExceptionally()) {
        answered = true;
        if (!answer.join().equals(last)) {
          last = answer.join();
          listener.progressed(last);
        }
      } else if (answered && !end.isDone()) {
        answered = false;
        listener.noWorkerAnswers();
      }
      if (!isDone(end, pauseAfter(last)) && answer.isDone()) {
        answer = ask();
      }
    }
    try {
      return end.join();
    } catch (CompletionException ended) {
      throw ended.getCause() instanceof RuntimeException failure ? failure : ended;
    }
  }

  /** Waits for a future to end in any way, at most so long. */
  private static boolean isDone(CompletableFuture<?> future, Duration atMost)
      throws InterruptedException {
    try {
      future.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException failed) {
      return true;
    }
  }

  /** Nothing changes before the next look, so a long wait asks seldom. */
  private static Duration pauseAfter(Progress progress) {
    if (progress == null || progress.nextLookAt() == null) {
      return SHORTEST_PAUSE;
    }
    Duration untilLook = Duration.between(Instant.now(), progress.nextLookAt());
    if (untilLook.compareTo(SHORTEST_PAUSE) < 0) {
      return SHORTEST_PAUSE;
    }
    return untilLook.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : untilLook;
  }
}
