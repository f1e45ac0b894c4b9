package seedance.workflows.chain;

import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.List;

/** Makes every step once what it is made from is there, side by side. */
final class MakeStage {
  private final ChainStanding chain;
  private final StepFlow flow;
  private final DecisionMemo memo;

  MakeStage(ChainStanding chain, StepFlow flow, DecisionMemo memo) {
    this.chain = chain;
    this.flow = flow;
    this.memo = memo;
  }

  /**
   * Returns when every step is finished or skipped.
   *
   * @throws io.temporal.failure.ApplicationFailure naming the steps that will never be there
   */
  void makeSteps() {
    chain.makesSteps();
    reportACancel();
    List<Promise<Void>> steps =
        chain.steps().stream().map(step -> Async.procedure(() -> flow.make(step))).toList();
    Async.procedure(memo::keep).handle((never, cancelled) -> null);
    // Also while a cancelled chain waits for its steps.
    Workflow.newDetachedCancellationScope(() -> Async.procedure(chain::keepShown)).run();
    awaitAll(steps);
    memo.clear();
    Workflow.await(Workflow::isEveryHandlerFinished);
    List<StepRun> lost = chain.steps().stream().filter(StepRun::isLostByItself).toList();
    if (!lost.isEmpty()) {
      throw ChainFailure.of(lost, chain.steps()).toApplicationFailure();
    }
  }

  private void reportACancel() {
    CancellationScope.current()
        .getCancellationRequest()
        .thenApply(
            request -> {
              chain.report("Cancelling: waiting for the steps that are being made");
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
