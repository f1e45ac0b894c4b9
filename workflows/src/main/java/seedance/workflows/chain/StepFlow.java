package seedance.workflows.chain;

import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.GenerationReference;
import seedance.workflows.request.StepReference;

/** Takes each step from its wait to its end. */
final class StepFlow {
  private final ChainStanding chain;
  private final StepRunner runner = new StepRunner();

  StepFlow(ChainStanding chain) {
    this.chain = chain;
  }

  /** Waits, is approved, is made, and where it fails waits to be tried again. */
  void make(StepRun step) {
    while (!step.state().isOver()) {
      awaitSources(step);
      if (!step.state().isOver() && !takeOver(step)) {
        awaitApproval(step);
        awaitTurnAndBudget(step);
      }
      if (!step.state().isOver()) {
        tryOnce(step);
      }
    }
    chain.report();
  }

  /** Its request, every step that it refers to replaced by the generation that made that. */
  AnyJson request(StepRun step) {
    return step.plan().withReferences(this::generation);
  }

  private GenerationReference generation(StepReference reference) {
    return new GenerationReference(chain.step(reference.stepId()).generation(), reference.output());
  }

  private void awaitSources(StepRun step) {
    List<StepRun> sources = step.plan().dependsOn().stream().map(chain::step).toList();
    chain.becomes(
        step,
        StepState.WAITING,
        sources.isEmpty()
            ? null
            : sources.stream().map(StepRun::id).collect(Collectors.joining(", ")));
    Workflow.await(
        () ->
            mustStop(step)
                || sources.stream().allMatch(source -> source.state().isFinished())
                || sources.stream().anyMatch(StepRun::isLost));
    stopIfGivingUp(step);
    if (!step.state().isOver()) {
      sources.stream()
          .filter(StepRun::isLost)
          .findFirst()
          .ifPresent(source -> chain.giveUp(step, "it is made from " + source.id()));
    }
  }

  private boolean takeOver(StepRun step) {
    Optional<StepRunner.Made.Clip> clip =
        chain
            .options()
            .reuse()
            .flatMap(earlier -> runner.reused(earlier, step.id(), request(step)));
    clip.ifPresent(made -> step.finished(made.how(), made.generation(), made.result()));
    return clip.isPresent();
  }

  private void awaitApproval(StepRun step) {
    if (!step.plan().approve() || step.isApproved() || step.state().isOver()) {
      return;
    }
    chain.becomes(step, StepState.APPROVAL, null);
    Optional<Duration> timeout = chain.options().approvalTimeout();
    if (!await(() -> step.isApproved() || mustStop(step), timeout)) {
      chain.giveUp(step, "nobody approved it within " + timeout.orElseThrow());
    }
  }

  private void awaitTurnAndBudget(StepRun step) {
    while (!step.state().isOver()) {
      stopIfGivingUp(step);
      if (step.state().isOver()) {
        return;
      }
      if (!mayBePaid(step)) {
        chain.becomes(step, StepState.BUDGET, null);
        Workflow.await(() -> mayBePaid(step) || mustStop(step));
      } else if (!hasTurn()) {
        chain.becomes(step, StepState.QUEUED, null);
        Workflow.await(() -> hasTurn() || !mayBePaid(step) || mustStop(step));
      } else {
        chain.becomes(step, StepState.RUNNING, null);
        return;
      }
    }
  }

  private boolean mayBePaid(StepRun step) {
    boolean approvalIsEnough =
        chain.options().overBudget() == OverBudget.WAIT_FOR_APPROVAL && step.isApproved();
    return approvalIsEnough || !chain.spending().couldBreak(step, chain.steps());
  }

  private boolean hasTurn() {
    long running = chain.steps().stream().filter(step -> step.state() == StepState.RUNNING).count();
    return running < chain.options().maxParallel();
  }

  private void tryOnce(StepRun step) {
    step.madeBy(runner.generationOf(step.id()));
    chain.report();
    StepRunner.Made made =
        runner.make(
            step.plan(), request(step), chain.options().generation().json(), sourceTasks(step));
    CancellationScope.throwCanceled();
    if (made instanceof StepRunner.Made.Clip clip) {
      step.finished(clip.how(), clip.generation(), clip.result());
      return;
    }
    StepRunner.Made.Nothing nothing = (StepRunner.Made.Nothing) made;
    step.failed(nothing.failure().orElse(null), nothing.problem());
    if (chain.options().onStepFailure() == OnStepFailure.FAIL) {
      chain.giveUpTheRest();
    }
    chain.report();
    Workflow.await(() -> step.goesOn() || mustStop(step));
    if (!step.takeGoesOn() && !step.state().isOver()) {
      chain.giveUp(step, nothing.problem());
    }
  }

  private List<String> sourceTasks(StepRun step) {
    return step.plan().dependsOn().stream()
        .map(source -> chain.step(source).result().orElseThrow().taskId())
        .toList();
  }

  private boolean mustStop(StepRun step) {
    return step.state().isOver() || chain.isGivingUp();
  }

  private void stopIfGivingUp(StepRun step) {
    if (chain.isGivingUp() && !step.state().isOver()) {
      chain.giveUp(step, "another step failed");
    }
  }

  /** Returns whether it came to pass in time. */
  private static boolean await(Supplier<Boolean> until, Optional<Duration> atMost) {
    if (atMost.isPresent()) {
      return Workflow.await(atMost.get(), until);
    }
    Workflow.await(until);
    return true;
  }
}
