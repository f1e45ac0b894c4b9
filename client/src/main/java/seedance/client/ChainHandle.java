package seedance.client;

import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import seedance.workflows.chain.ChainFailure;
import seedance.workflows.chain.ChainProgress;
import seedance.workflows.chain.ChainResult;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.Money;

/**
 * One chain, running or ended, whoever started it. Safe for use by several threads.
 *
 * <p>Each decision is taken by a worker, so ten seconds are waited for one. It throws {@link
 * DecisionRefusedException} with the reason if it was not taken, {@link NoWorkerAnswersException}
 * if no worker answered, {@link WorkflowNotFoundException} if there is no such workflow or it has
 * ended, and returns where the chain stands.
 */
public final class ChainHandle {
  private final RunningWorkflow<ChainProgress> running;
  private final boolean isNew;

  ChainHandle(WorkflowStub workflow, boolean isNew) {
    this.running = new RunningWorkflow<>(workflow, ChainProgress.class);
    this.isNew = isNew;
  }

  /** The workflow's id. */
  public String workflowId() {
    return running.id();
  }

  /**
   * Whether the {@link SeedanceClient#startChain} that returned this started it; false where the
   * same chain was there already, and for {@link SeedanceClient#chain}.
   */
  public boolean isNew() {
    return isNew;
  }

  /** The workflow itself, for whatever else Temporal can do with it. */
  public WorkflowStub workflow() {
    return running.stub();
  }

  /**
   * Where every step stands. A worker answers this; ten seconds are waited for one.
   *
   * @throws NoWorkerAnswersException if none answered
   * @throws WorkflowNotFoundException if there is no such workflow
   * @throws WorkflowQueryException if the workflow is none of ours
   */
  public ChainProgress progress() {
    return running.progress();
  }

  /**
   * Whether it has ended, in whatever way.
   *
   * @throws WorkflowNotFoundException if there is no such workflow
   */
  public boolean isOver() {
    return running.isOver();
  }

  /** Approves a step as it is written. */
  public ChainProgress approve(String step) {
    return decide("approveStep", step, Map.of());
  }

  /** Approves a step with another request, which is judged again. */
  public ChainProgress approve(String step, AnyJson request) {
    return decide("approveStep", step, withRequest(request));
  }

  /**
   * Gives a step up, and all that is made from it.
   *
   * @param reason 1 to 200 characters
   */
  public ChainProgress reject(String step, String reason) {
    return decide("approveStep", step, Map.of("reject", reason));
  }

  /** Makes a failed step again, and then what is made from it. */
  public ChainProgress retry(String step) {
    return decide("retryStep", step, Map.of());
  }

  /** Makes a failed step again from another request, which is judged again. */
  public ChainProgress retry(String step, AnyJson request) {
    return decide("retryStep", step, withRequest(request));
  }

  /** Leaves a step out that waits or has failed, and that no other step is made from. */
  public ChainProgress skip(String step) {
    return decide("skipStep", step, Map.of());
  }

  /** Sets a higher budget, or a first one: the new total, in the currency of the one there is. */
  public ChainProgress raiseBudget(Money budget) {
    return running.update(
        "raiseBudget",
        new AnyJson(Map.of("amount", budget.amount(), "currency", budget.currency())));
  }

  private static Map<String, Object> withRequest(AnyJson request) {
    return Map.of("request", request.tree());
  }

  private ChainProgress decide(String update, String step, Map<String, Object> more) {
    Map<String, Object> decision = new LinkedHashMap<>();
    decision.put("step", step);
    decision.putAll(more);
    return running.update(update, new AnyJson(decision));
  }

  /**
   * Waits for the end, however long that takes.
   *
   * @throws ChainFailedException if it ended without a result
   * @throws WorkflowNotFoundException if there is no such workflow
   */
  public ChainResult result() {
    try {
      return workflow().getResult(ChainResult.class);
    } catch (WorkflowFailedException failed) {
      throw ended(failed);
    }
  }

  /** {@link #result()} without blocking; completes with the exceptions that it throws. */
  public CompletableFuture<ChainResult> resultAsync() {
    return workflow()
        .getResultAsync(ChainResult.class)
        .exceptionally(
            thrown -> {
              Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
              throw cause instanceof WorkflowFailedException failed
                  ? ended(failed)
                  : new CompletionException(cause);
            });
  }

  private ChainFailedException ended(WorkflowFailedException failed) {
    if (failed.getCause() instanceof CanceledFailure) {
      ChainFailure ending =
          workflow()
              .describe()
              .getMemo(VideoGenerationWorkflow.ENDING_MEMO, ChainFailure.class, ChainFailure.class);
      if (ending != null) {
        return ChainFailedException.cancelled(failed, ending);
      }
    }
    return ChainFailedException.of(failed);
  }

  /**
   * Asks for cancellation, of the steps that are being made too, and returns at once. What is
   * finished stays stored.
   *
   * @throws WorkflowNotFoundException if there is no such workflow, or it has ended
   */
  public void cancel() {
    workflow().cancel();
  }

  /**
   * Waits for the end and tells {@code listener}, on the calling thread, each time the chain stands
   * elsewhere. An interrupt ends the following, not the chain.
   *
   * @throws ChainFailedException if it ended without a result
   * @throws WorkflowNotFoundException if there is no such workflow
   * @throws InterruptedException if the calling thread is interrupted
   */
  public ChainResult follow(FollowListener<? super ChainProgress> listener)
      throws InterruptedException {
    return running.follow(resultAsync(), listener, progress -> RunningWorkflow.SHORTEST_PAUSE);
  }
}
