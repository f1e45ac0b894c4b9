package seedance.client;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import seedance.workflows.request.AnyJson;

/** A workflow that answers the query {@code progress}, asked with a person's patience. */
final class RunningWorkflow<P> {
  static final Duration SHORTEST_PAUSE = Duration.ofMillis(400);

  private static final Duration PATIENCE_WITH_WORKERS = Duration.ofSeconds(10);
  private static final Executor QUESTIONS =
      question -> {
        Thread thread = new Thread(question, "seedance-question");
        thread.setDaemon(true);
        thread.start();
      };

  private final WorkflowStub workflow;
  private final Class<P> progressType;

  RunningWorkflow(WorkflowStub workflow, Class<P> progressType) {
    this.workflow = Objects.requireNonNull(workflow, "workflow");
    this.progressType = progressType;
  }

  WorkflowStub stub() {
    return workflow;
  }

  String id() {
    return workflow.getExecution().getWorkflowId();
  }

  boolean isOver() {
    return workflow.describe().getStatus()
        != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  P progress() {
    try {
      return inTime(ask());
    } catch (WorkflowNotFoundException | WorkflowQueryException said) {
      throw said;
    } catch (WorkflowException unanswered) {
      throw new NoWorkerAnswersException(id(), unanswered);
    }
  }

  /** Sends an update that answers with where the workflow stands. */
  P update(String name, AnyJson argument) {
    try {
      return inTime(
              CompletableFuture.supplyAsync(
                  () ->
                      workflow.startUpdate(
                          name, WorkflowUpdateStage.ACCEPTED, progressType, argument),
                  QUESTIONS))
          .getResult();
    } catch (WorkflowUpdateException refused) {
      throw DecisionRefusedException.of(refused);
    } catch (WorkflowUpdateTimeoutOrCancelledException unanswered) {
      throw new NoWorkerAnswersException(id(), unanswered);
    }
  }

  /** The SDK waits up to a minute for an answer, too long to sit through. */
  private CompletableFuture<P> ask() {
    return CompletableFuture.supplyAsync(() -> workflow.query("progress", progressType), QUESTIONS);
  }

  private <T> T inTime(CompletableFuture<T> answer) {
    try {
      return answer.orTimeout(PATIENCE_WITH_WORKERS.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof WorkflowException said
          ? said
          : new NoWorkerAnswersException(id(), failed.getCause());
    }
  }

  /**
   * Waits for the end and tells the listener each change meanwhile.
   *
   * @param pauseAfter how long to wait after an answer before the next question
   */
  <R> R follow(
      CompletableFuture<R> end,
      FollowListener<? super P> listener,
      Function<P, Duration> pauseAfter)
      throws InterruptedException {
    CompletableFuture<P> answer = ask();
    P last = null;
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
      Duration pause = last == null ? SHORTEST_PAUSE : pauseAfter.apply(last);
      if (!isDone(end, pause) && answer.isDone()) {
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
}
