package seedance.workflows.chain;

import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import seedance.workflows.generation.Cost;
import seedance.workflows.generation.LastGuard;
import seedance.workflows.generation.TimelineWords;
import seedance.workflows.generation.WorkflowClock;
import seedance.workflows.json.Json;
import seedance.workflows.request.GenerationReference;
import seedance.workflows.request.StepReference;

/**
 * Takes each step from its wait to its end. Where a step stands next is asked anew after every
 * wait, as a decision may meanwhile have changed any of the chain.
 */
final class StepFlow {
  private final ChainStanding chain;
  private final StepRunner runner;
  private final Map<String, Json> soughtEarlier = new HashMap<>();

  StepFlow(ChainStanding chain) {
    this.chain = chain;
    this.runner = new StepRunner(chain);
  }

  /** Waits, is approved, is made, and where it fails waits to be tried again. */
  void make(StepRun step) {
    try {
      makeUnguarded(step);
    } catch (RuntimeException failure) {
      if (!LastGuard.isBug(failure)) {
        throw failure;
      }
      // What other steps make is paid for, and goes on.
      step.brokenBy(LastGuard.inWords(failure));
      chain.report();
    }
  }

  private void makeUnguarded(StepRun step) {
    while (!step.state().isOver()) {
      StepState next = next(step);
      if (isReady(next) && mayBeThere(step)) {
        takeOver(step);
        continue;
      }
      switch (next) {
        case GIVEN_UP -> giveUp(step);
        case APPROVAL -> awaitApproval(step);
        case RUNNING -> tryOnce(step);
        default -> hold(step, next);
      }
    }
    chain.report();
  }

  /** Whether what it is made from is there, so that it may itself be there already. */
  private static boolean isReady(StepState next) {
    return next != StepState.GIVEN_UP && next != StepState.FAILED && next != StepState.WAITING;
  }

  /** Its request, every step that it refers to replaced by the generation that made that. */
  Json request(StepRun step) {
    return step.plan().withReferences(this::generation);
  }

  private GenerationReference generation(StepReference reference) {
    return new GenerationReference(chain.step(reference.stepId()).generation(), reference.output());
  }

  /** What keeps a step that is not over and does not run; {@code RUNNING} where nothing does. */
  private StepState next(StepRun step) {
    if (chain.isGivingUp() || chain.lostSource(step.plan()).isPresent()) {
      return StepState.GIVEN_UP;
    } else if (step.state() == StepState.FAILED) {
      return StepState.FAILED;
    } else if (!chain.unfinishedSources(step.plan()).isEmpty()) {
      return StepState.WAITING;
    } else if (step.plan().approve() && !step.isApproved()) {
      return StepState.APPROVAL;
    } else if (!chain.mayBePaid(step)) {
      return StepState.BUDGET;
    }
    return hasTurn() ? StepState.RUNNING : StepState.QUEUED;
  }

  private boolean hasTurn() {
    long running = chain.steps().stream().filter(step -> step.state() == StepState.RUNNING).count();
    return running < chain.options().maxParallel();
  }

  private void giveUp(StepRun step) {
    if (step.state() == StepState.FAILED) {
      step.givenUp(step.problem());
    } else {
      step.givenUpWithAnother(
          chain
              .lostSource(step.plan())
              .map(source -> "it is made from " + source.id())
              .orElse("another step failed"));
    }
    chain.report();
  }

  private void hold(StepRun step, StepState state) {
    chain.becomes(step, state);
    Supplier<Boolean> moved = moved(step, state);
    if (state.needsDecision() && isShownOnTheTimeline()) {
      WorkflowClock.awaitInSight(moved, step.id() + " " + state.inWords());
    } else {
      Workflow.await(moved);
    }
  }

  /** Chains that were started before a wait for a person was a timer go on without one. */
  private static boolean isShownOnTheTimeline() {
    return Workflow.getVersion("waitOnTheTimeline", Workflow.DEFAULT_VERSION, 1) == 1;
  }

  private Supplier<Boolean> moved(StepRun step, StepState from) {
    return () -> step.state().isOver() || next(step) != from;
  }

  private void awaitApproval(StepRun step) {
    Optional<Duration> timeout = chain.options().approvalTimeout();
    if (timeout.isEmpty()) {
      hold(step, StepState.APPROVAL);
      return;
    }
    Supplier<Boolean> moved = moved(step, StepState.APPROVAL);
    chain.becomes(step, StepState.APPROVAL);
    WorkflowClock.pauseUnless(
        moved, timeout.get(), step.id() + " waits for your approval, given up");
    if (!moved.get()) {
      step.givenUp("nobody approved it within " + TimelineWords.of(timeout.get()));
      chain.report();
    }
  }

  private boolean mayBeThere(StepRun step) {
    return chain.options().reuse().isPresent()
        && !request(step).equals(soughtEarlier.get(step.id()));
  }

  /** Takes the clip of an earlier chain, unless it was decided otherwise while that was sought. */
  private void takeOver(StepRun step) {
    Json request = request(step);
    Optional<StepRunner.Made.Clip> clip =
        runner.reused(chain.options().reuse().orElseThrow(), step, request);
    soughtEarlier.put(step.id(), request);
    if (clip.isPresent()
        && !step.state().isOver()
        && chain.unfinishedSources(step.plan()).isEmpty()
        && request.equals(request(step))) {
      step.finished(StepState.REUSED, clip.get().generation(), clip.get().result());
      chain.report();
    }
  }

  private void tryOnce(StepRun step) {
    step.begins(runner.generationOf(step.id()));
    chain.report();
    StepRunner.Made made = runner.make(step, request(step), sourceTasks(step));
    if (made instanceof StepRunner.Made.Clip clip) {
      step.finished(StepState.DONE, clip.generation(), clip.result());
      noteDoubt(step.id(), clip.result().cost());
      chain.report();
      return;
    }
    CancellationScope.throwCanceled();
    StepRunner.Made.Nothing nothing = (StepRunner.Made.Nothing) made;
    step.failed(
        nothing.failure().orElse(null),
        nothing.charged(),
        nothing.leavesItsTask(),
        nothing.problem());
    if (chain.options().onStepFailure() == OnStepFailure.FAIL) {
      chain.giveUpTheRest();
    }
    chain.report();
  }

  private void noteDoubt(String step, Cost cost) {
    if (cost.doubt() != null) {
      chain.note(step + ": " + cost.doubt());
    }
  }

  private List<String> sourceTasks(StepRun step) {
    return step.plan().dependsOn().stream()
        .map(source -> chain.step(source).result().orElseThrow().taskId())
        .toList();
  }
}
