package seedance.client;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowStub;
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
import seedance.workflows.generation.VideoGenerationWorkflow;

/** One generation, running or ended, whoever started it. Safe for use by several threads. */
public final class GenerationHandle {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(400);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private static final Duration PATIENCE_WITH_WORKERS = Duration.ofSeconds(10);
  private static final Executor QUERIES =
      query -> {
        Thread thread = new Thread(query, "seedance-query");
        thread.setDaemon(true);
        thread.start();
      };

  private final WorkflowStub workflow;

  GenerationHandle(WorkflowStub workflow) {
    this.workflow = Objects.requireNonNull(workflow, "workflow");
  }

  /** The workflow's id. */
  public String workflowId() {
    return workflow.getExecution().getWorkflowId();
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
    CompletableFuture<Progress> answer =
        ask().orTimeout(PATIENCE_WITH_WORKERS.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return answer.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof WorkflowNotFoundException missing) {
        throw missing;
      }
      if (failed.getCause() instanceof WorkflowQueryException notOurs) {
        throw notOurs;
      }
      throw new NoWorkerAnswersException(workflowId(), failed.getCause());
    }
  }

  /** The SDK waits up to a minute for an answer, too long to sit through. */
  private CompletableFuture<Progress> ask() {
    return CompletableFuture.supplyAsync(() -> workflow.query("progress", Progress.class), QUERIES);
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
   * Asks for cancellation and returns at once. A task that the service has taken may go on there
   * and be charged; the end, which {@link #result()} waits for, says so.
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
