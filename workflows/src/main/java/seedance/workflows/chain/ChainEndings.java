package seedance.workflows.chain;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import seedance.workflows.chain.ChainFailure.LostStep;
import seedance.workflows.chain.RunState.Because;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.LastGuard;
import seedance.workflows.generation.Resets;
import seedance.workflows.generation.VideoGenerationWorkflow;

/** How a chain ends without a result. */
final class ChainEndings {
  private final RunningChain chain;
  private final ChainSign sign;

  ChainEndings(RunningChain chain, ChainSign sign) {
    this.chain = chain;
    this.sign = sign;
  }

  /** Does the work of the workflow's own method; whatever ends it is a failure of the catalogue. */
  <T> T named(Supplier<T> work) {
    try {
      return work.get();
    } catch (TemporalFailure failure) {
      throw ended(failure);
    } catch (RuntimeException failure) {
      throw LastGuard.isBug(failure) ? ended(bug(failure)) : failure;
    }
  }

  /** Does the work of a handler; a bug in it ends the handler by name, and not the chain. */
  static void namedInAHandler(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failure) {
      throw LastGuard.isBug(failure) ? bug(failure) : failure;
    }
  }

  private static ApplicationFailure bug(RuntimeException failure) {
    return ChainFailure.of(FailureType.INTERNAL_ERROR, null, LastGuard.inWords(failure))
        .toApplicationFailure();
  }

  /** What to throw; a cancelled chain's last words are in its memo. */
  private TemporalFailure ended(TemporalFailure failure) {
    sign.clearMemo();
    if (isCancel(failure)) {
      ChainFailure ending = cancelled(chain.steps());
      giveUpTheOpen();
      sign.enter("Cancelled");
      Workflow.upsertMemo(Map.of(VideoGenerationWorkflow.ENDING_MEMO, ending));
      return new CanceledFailure(ending.message());
    }
    ApplicationFailure named =
        failure instanceof ApplicationFailure application
            ? application
            : ChainFailure.of(FailureType.INTERNAL_ERROR, null, failure.getClass().getSimpleName())
                .toApplicationFailure();
    sign.enter("Failed: " + named.getOriginalMessage());
    return named;
  }

  /** What is not over will not be made. */
  private void giveUpTheOpen() {
    chain.steps().stream()
        .filter(step -> !step.isOver())
        .toList()
        .forEach(
            open ->
                chain.change(
                    open.id(),
                    step ->
                        step.givenUpWithAnother(
                            step.isRunning()
                                ? "the chain was cancelled while it was made; "
                                    + step.generation().orElseThrow()
                                    + " says what became of its task"
                                : "the chain was cancelled")));
  }

  static boolean isCancel(TemporalFailure failure) {
    return failure instanceof CanceledFailure || failure.getCause() instanceof CanceledFailure;
  }

  /** Of a chain that ends without some of its steps; empty where each is finished or skipped. */
  static Optional<ChainFailure> withoutSome(Collection<StepRun> steps) {
    List<LostStep> lost = steps.stream().flatMap(step -> lost(step).stream()).toList();
    if (lost.isEmpty()) {
      return Optional.empty();
    }
    Charged charged =
        steps.stream()
            .filter(StepRun::isLost)
            .map(StepRun::chargedSoFar)
            .max(Comparator.naturalOrder())
            .filter(worst -> worst != Charged.NO)
            .orElseGet(ChainEndings::ifNothingWasMadeBefore);
    return Optional.of(
        ChainFailure.of(
            steps.stream().anyMatch(ChainEndings::isBroken)
                ? FailureType.INTERNAL_ERROR
                : FailureType.STEP_FAILED,
            charged,
            lost));
  }

  private static Optional<LostStep> lost(StepRun step) {
    return step.lostByItself().map(lost -> new LostStep(step.id(), lost.problem(), lost.failure()));
  }

  private static boolean isBroken(StepRun step) {
    return step.lostByItself().filter(lost -> lost.because() == Because.OF_A_BUG).isPresent();
  }

  /**
   * @param steps as they are when the cancel ends the chain
   */
  private static ChainFailure cancelled(Collection<StepRun> steps) {
    Set<Charged> charged = steps.stream().map(StepRun::chargedSoFar).collect(Collectors.toSet());
    return ChainFailure.of(
        FailureType.CHAIN_CANCELLED,
        charged.contains(Charged.MAYBE)
            ? Charged.MAYBE
            : charged.contains(Charged.YES) ? Charged.YES : ifNothingWasMadeBefore(),
        null,
        null);
  }

  /** A run that begins after a reset knows nothing of what was paid for in the run before. */
  private static Charged ifNothingWasMadeBefore() {
    return Resets.madeThisRun() ? Charged.MAYBE : Charged.NO;
  }
}
