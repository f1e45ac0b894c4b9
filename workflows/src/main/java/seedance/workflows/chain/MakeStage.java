package seedance.workflows.chain;

import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;

/** Makes every step once what it is made from is there, side by side. */
final class MakeStage {
  private final RunningChain chain;
  private final ChainSign sign;

  MakeStage(RunningChain chain, ChainSign sign) {
    this.chain = chain;
    this.sign = sign;
  }

  /**
   * Returns when every step is finished or skipped.
   *
   * @throws io.temporal.failure.ApplicationFailure naming the steps that will never be there
   */
  void makeSteps() {
    sign.enter(RunningChain.MAKING);
    reportACancel();
    StepFlow flow = new StepFlow(chain);
    List<Promise<Void>> steps =
        chain.steps().stream()
            .map(StepRun::id)
            .map(step -> Async.procedure(() -> flow.make(step)))
            .toList();
    Async.procedure(sign::keepMemo).handle((never, cancelled) -> null);
    // Also while a cancelled chain waits for its steps.
    Workflow.newDetachedCancellationScope(() -> Async.procedure(sign::keepDetails)).run();
    awaitAll(steps);
    sign.clearMemo();
    Workflow.await(Workflow::isEveryHandlerFinished);
    Optional<ChainFailure> ending = ChainEndings.withoutSome(chain.steps());
    if (ending.isPresent()) {
      throw ending.get().toApplicationFailure();
    }
  }

  private void reportACancel() {
    CancellationScope.current()
        .getCancellationRequest()
        .thenApply(
            request -> {
              sign.enter("Cancelling: waiting for the steps that are being made");
              return request;
            });
  }

  /** A cancel ends it only when its generations have ended, which may be storing what is paid. */
  private static void awaitAll(List<Promise<Void>> steps) {
    try {
      Promise.allOf(steps).get();
    } catch (TemporalFailure failure) {
      if (ChainEndings.isCancel(failure)) {
        steps.forEach(Promise::getFailure);
      }
      throw failure;
    }
  }
}
