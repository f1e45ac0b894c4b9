package seedance.client;

import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import seedance.workflows.json.Json;

/**
 * One generation or chain, running or ended, whoever started it. Safe for use by several threads.
 *
 * @param <P> where it stands
 * @param <R> its result
 */
public abstract class WorkflowHandle<P, R> {
  private static final Duration PATIENCE_WITH_WORKERS = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS_AT_A_PAUSE = Duration.ofSeconds(2);

  /** The server's own type of failure. */
  private static final String RUN_ENDED = "AcceptedUpdateCompletedWorkflow";

  private static final Executor QUESTIONS =
      question -> {
        Thread thread = new Thread(question, "seedance-question");
        thread.setDaemon(true);
        thread.start();
      };

  private final WorkflowStub workflow;
  private final Class<P> progressType;
  private final Class<R> resultType;
  private final boolean isNew;

  /** Of a generation or a chain, which alone extend it. */
  WorkflowHandle(WorkflowStub workflow, Class<P> progressType, Class<R> resultType, boolean isNew) {
    this.workflow = Objects.requireNonNull(workflow, "workflow");
    this.progressType = progressType;
    this.resultType = resultType;
    this.isNew = isNew;
  }

  /** The workflow's id. */
  public final String workflowId() {
    return workflow.getExecution().getWorkflowId();
  }

  /**
   * Whether the call of {@link SeedanceClient} that returned this started it; false where it was
   * there already.
   */
  public final boolean isNew() {
    return isNew;
  }

  /** The workflow itself, for whatever else Temporal can do with it. */
  public final WorkflowStub workflow() {
    return workflow;
  }

  /**
   * Whether it has ended, in whatever way; while it is paused, it has not.
   *
   * @throws WorkflowNotFoundException if there is no such workflow
   */
  public final boolean isOver() {
    return hasEnded(workflow.describe());
  }

  /** The same of a run, as the server describes or lists it. */
  public static boolean hasEnded(WorkflowExecutionMetadata run) {
    return switch (run.getStatus()) {
      case WORKFLOW_EXECUTION_STATUS_RUNNING, WORKFLOW_EXECUTION_STATUS_PAUSED -> false;
      default -> true;
    };
  }

  /**
   * Where it stands, or stood at its end. A worker answers this, so one must be polling the task
   * queue; ten seconds are waited for one.
   *
   * @throws NoWorkerAnswersException if none answered
   * @throws UnreadableAnswerException if this client cannot read the answer
   * @throws WorkflowNotFoundException if there is no such workflow
   * @throws WorkflowQueryException if the workflow is none of ours, or was terminated: a worker
   *     cannot replay such a history
   */
  public final P progress() {
    return answer(this::ask);
  }

  <T> T answer(Supplier<CompletableFuture<T>> question) {
    try {
      return inTime(question.get());
    } catch (WorkflowNotFoundException | WorkflowQueryException said) {
      throw said;
    } catch (WorkflowException unanswered) {
      throw new NoWorkerAnswersException(workflowId(), unanswered);
    }
  }

  /** The SDK waits up to a minute for an answer, too long to sit through. */
  CompletableFuture<P> ask() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return workflow.query("progress", progressType);
          } catch (WorkflowServiceException failed) {
            throw UnreadableAnswerException.or(failed, workflowId());
          }
        },
        QUESTIONS);
  }

  /**
   * Sends an update that answers with where the workflow stands. The server keeps what it was sent
   * for a worker that comes later, so nothing is sent where none answers a question.
   */
  P update(String name, Json argument) {
    if (!isOver()) {
      progress();
    }
    try {
      return outcome(
          inTime(
              CompletableFuture.supplyAsync(
                  () ->
                      workflow.startUpdate(
                          name, WorkflowUpdateStage.ACCEPTED, progressType, argument),
                  QUESTIONS)));
    } catch (WorkflowUpdateException failed) {
      throw isOfAnEndedRun(failed)
          ? new DecisionUnansweredException(workflowId(), failed)
          : DecisionRefusedException.of(failed);
    } catch (NoWorkerAnswersException | WorkflowUpdateTimeoutOrCancelledException unanswered) {
      throw new DecisionUnansweredException(workflowId(), unanswered);
    } catch (WorkflowServiceException failed) {
      throw isRefused(failed) ? failed : new DecisionUnansweredException(workflowId(), failed);
    }
  }

  /**
   * Whether it was accepted, and its run then ended before it was carried out. After a reset the
   * server gives it to the new run.
   */
  private static boolean isOfAnEndedRun(WorkflowUpdateException failed) {
    return failed.getCause() instanceof ApplicationFailure failure
        && RUN_ENDED.equals(failure.getType());
  }

  /** Whether the server says that it did not pass a decision on; else its answer was lost. */
  private static boolean isRefused(WorkflowServiceException failed) {
    return failed.getCause() instanceof StatusRuntimeException answer
        && switch (answer.getStatus().getCode()) {
          case CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, INTERNAL, UNAVAILABLE, DATA_LOSS -> false;
          default -> true;
        };
  }

  /** Where the server does not tell it, what was accepted is carried out all the same. */
  private P outcome(WorkflowUpdateHandle<P> accepted) {
    try {
      return accepted.getResult();
    } catch (StatusRuntimeException | WorkflowServiceException untold) {
      throw new DecisionUnansweredException(workflowId(), untold);
    }
  }

  private <T> T inTime(CompletableFuture<T> answer) {
    try {
      return answer.orTimeout(PATIENCE_WITH_WORKERS.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof UnreadableAnswerException unreadable) {
        throw unreadable;
      }
      throw failed.getCause() instanceof WorkflowException said
          ? said
          : new NoWorkerAnswersException(workflowId(), failed.getCause());
    }
  }

  /**
   * Waits for the end, however long that takes.
   *
   * @throws FailedException if it ended without a result
   * @throws UnreadableAnswerException if this client cannot read the result
   * @throws WorkflowNotFoundException if there is no such workflow
   */
  public final R result() {
    try {
      return workflow.getResult(resultType);
    } catch (WorkflowFailedException failed) {
      return lastWords(failed);
    } catch (WorkflowServiceException unread) {
      if (isOfAPause(unread)) {
        return Following.ended(afterThePause());
      }
      throw UnreadableAnswerException.or(unread, workflowId());
    }
  }

  /** {@link #result()} without blocking; completes with the exceptions that it throws. */
  public final CompletableFuture<R> resultAsync() {
    return workflow
        .getResultAsync(resultType)
        .exceptionallyCompose(
            thrown -> {
              Throwable cause =
                  thrown instanceof CompletionException
                      ? Objects.requireNonNullElse(thrown.getCause(), thrown)
                      : thrown;
              if (cause instanceof WorkflowFailedException failed) {
                return CompletableFuture.completedFuture(lastWords(failed));
              }
              return cause instanceof WorkflowServiceException unread && isOfAPause(unread)
                  ? afterThePause()
                  : CompletableFuture.failedFuture(
                      UnreadableAnswerException.or(cause, workflowId()));
            });
  }

  /** Of a paused workflow the SDK takes the last event for its end, and cannot read that. */
  private boolean isOfAPause(WorkflowServiceException unread) {
    return !(unread.getCause() instanceof StatusRuntimeException) && !isOver();
  }

  private CompletableFuture<R> afterThePause() {
    return CompletableFuture.supplyAsync(
            this::resultAsync,
            CompletableFuture.delayedExecutor(
                BETWEEN_LOOKS_AT_A_PAUSE.toMillis(), TimeUnit.MILLISECONDS))
        .thenCompose(Function.identity());
  }

  /** The result of a workflow that ended as failed, or the exception that says why. */
  abstract R lastWords(WorkflowFailedException failed);

  /**
   * Asks for cancellation and returns at once. The end, which {@link #result()} waits for, says
   * what it was.
   *
   * @throws WorkflowNotFoundException if there is no such workflow, or it has ended
   */
  public void cancel() {
    workflow.cancel();
  }

  /** As {@link Following} says. */
  final <F> R follow(
      Supplier<CompletableFuture<F>> question,
      FollowListener<? super F> listener,
      Function<F, Duration> pauseAfter)
      throws InterruptedException {
    return new Following<>(question, listener, pauseAfter, PATIENCE_WITH_WORKERS).to(resultAsync());
  }
}
