package seedance.client;

import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import seedance.workflows.chain.ChainFailure;
import seedance.workflows.chain.ChainProgress;
import seedance.workflows.chain.ChainResult;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.json.Json;
import seedance.workflows.request.Money;
import seedance.workflows.request.Request;

/**
 * One chain, running or ended, whoever started it. Safe for use by several threads.
 *
 * <p>Each decision is taken by a worker, so ten seconds are waited for one to answer a question, as
 * {@link #progress()} does, and ten for it to take the decision. It throws {@link
 * DecisionRefusedException} with the reason if it was not taken, {@link NoWorkerAnswersException}
 * if no worker answered the question and nothing was sent, {@link DecisionUnansweredException} if
 * it was sent and the next worker may carry it out, {@link WorkflowNotFoundException} if there is
 * no such workflow or it has ended, and returns where the chain stands.
 */
public final class ChainHandle extends WorkflowHandle<ChainProgress, ChainResult> {
  private final RunningSteps runningSteps;
  private final EndedRuns endedRuns;
  private final CallersFiles files;

  /**
   * @param generations the handle of the generation of that id
   * @param files what requests name of this machine
   */
  ChainHandle(
      WorkflowStub workflow,
      boolean isNew,
      Function<String, GenerationHandle> generations,
      EndedRuns endedRuns,
      CallersFiles files) {
    super(workflow, ChainProgress.class, ChainResult.class, isNew);
    this.runningSteps = new RunningSteps(generations);
    this.endedRuns = endedRuns;
    this.files = files;
  }

  /**
   * Where every step stands, and what the generations of the running ones are doing, whether one
   * {@linkplain GenerationHandle#resolve needs a decision} for example.
   *
   * @throws NoWorkerAnswersException as {@link #progress()} does, and all that it throws
   */
  public ChainDetail detail() {
    return answer(this::askInDetail);
  }

  private CompletableFuture<ChainDetail> askInDetail() {
    return ask().thenCompose(runningSteps::detail);
  }

  /**
   * What the generations that it began have left behind, by the step's id: tasks that are to be
   * fetched, or may exist. No worker is asked. A step that left nothing is left out, as its clip is
   * stored or it was not charged; {@link EndedRuns#ANY_STEP} is there where its history cannot be
   * read. For a chain that has ended; each step costs some calls.
   *
   * @throws WorkflowNotFoundException if there is no such workflow
   */
  public Map<String, LeftBehind> leftBehind() {
    return endedRuns.steps(workflow().describe().getExecution());
  }

  /**
   * The steps that it began, by their ids: their clips, and the same as of {@link #leftBehind()}.
   *
   * @throws WorkflowNotFoundException if there is no such workflow
   */
  public Map<String, BegunStep> begun() {
    return endedRuns.begun(workflow().describe().getExecution());
  }

  /** Approves a step as it is written. */
  public ChainProgress approve(String step) {
    return update("approveStep", about(step));
  }

  /**
   * Approves a step with another request, which is checked again.
   *
   * @throws InvalidRequestException if it names files that the service would not take; nothing was
   *     sent
   * @throws UncheckedIOException if a file cannot be put into the store; nothing was sent
   */
  public ChainProgress approve(String step, Request request) {
    return approve(step, request.json());
  }

  /** {@link #approve(String, Request)} with a body in JSON. */
  public ChainProgress approve(String step, Json request) {
    return update("approveStep", about(step).with("request", files.stored(request)));
  }

  /**
   * Gives a step up, and all that is made from it.
   *
   * @param reason 1 to 200 characters
   */
  public ChainProgress reject(String step, String reason) {
    return update("approveStep", about(step).with("reject", reason));
  }

  /** Makes a failed step again, and then what is made from it. */
  public ChainProgress retry(String step) {
    return update("retryStep", about(step));
  }

  /**
   * Makes a failed step again from another request, which is checked again.
   *
   * @throws InvalidRequestException as {@link #approve(String, Request)}
   * @throws UncheckedIOException as {@link #approve(String, Request)}
   */
  public ChainProgress retry(String step, Request request) {
    return retry(step, request.json());
  }

  /** {@link #retry(String, Request)} with a body in JSON. */
  public ChainProgress retry(String step, Json request) {
    return update("retryStep", about(step).with("request", files.stored(request)));
  }

  /** Skips a step that waits or has failed, and that no other step is made from. */
  public ChainProgress skip(String step) {
    return update("skipStep", about(step));
  }

  /** Raises the budget to a new total, or sets a first one. */
  public ChainProgress raiseBudget(Money budget) {
    return update("raiseBudget", budget.json());
  }

  /** The same in the currency of the budget there is, or of the prices where there is none. */
  public ChainProgress raiseBudget(BigDecimal amount) {
    return update("raiseBudget", Json.NULL.with("amount", amount));
  }

  private static Json about(String step) {
    return Json.NULL.with("step", step);
  }

  @Override
  ChainResult lastWords(WorkflowFailedException failed) {
    if (failed.getCause() instanceof CanceledFailure) {
      Optional<ChainFailure> ending =
          LastWords.memo(
              workflow().describe(), VideoGenerationWorkflow.ENDING_MEMO, ChainFailure.class);
      if (ending.isPresent()) {
        throw ChainFailedException.cancelled(failed, ending.get());
      }
    }
    throw ChainFailedException.of(failed);
  }

  /**
   * Asks for cancellation, of the steps that are being made too, and returns at once. What is
   * finished stays stored.
   *
   * @throws WorkflowNotFoundException if there is no such workflow, or it has ended
   */
  @Override
  public void cancel() {
    super.cancel();
  }

  /**
   * Waits for the end and tells {@code listener}, on the calling thread, each time the chain or a
   * generation of its running steps stands elsewhere, its end included. An interrupt ends the
   * following, not the chain.
   *
   * @throws ChainFailedException if it ended without a result
   * @throws WorkflowNotFoundException if there is no such workflow
   * @throws InterruptedException if the calling thread is interrupted
   */
  public ChainResult follow(FollowListener<? super ChainDetail> listener)
      throws InterruptedException {
    return follow(this::askInDetail, listener, detail -> Following.SHORTEST_PAUSE);
  }
}
