package seedance.workflows.chain;

import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import seedance.workflows.chain.RunState.Failed;
import seedance.workflows.chain.RunState.Idle;
import seedance.workflows.generation.LastGuard;
import seedance.workflows.generation.Patched;
import seedance.workflows.generation.Timeline;

/**
 * Takes each step from its wait to its end. What comes next for a step is asked anew after every
 * wait, as a decision may meanwhile have changed any of the chain.
 */
final class StepFlow {
  private final RunningChain chain;
  private final StepReuse reuse;
  private final StepChild child;
  private final LeftByReset left;

  StepFlow(RunningChain chain) {
    this.chain = chain;
    this.reuse = new StepReuse(chain);
    this.child = new StepChild(chain);
    this.left = new LeftByReset(chain, child);
  }

  /** Waits, is approved, is made, and where it fails waits to be tried again. */
  void make(String id) {
    try {
      makeUnguarded(id);
    } catch (RuntimeException failure) {
      if (!LastGuard.isBug(failure)) {
        throw failure;
      }
      // What other steps make is paid for, and goes on.
      chain.change(id, step -> step.brokenBy(LastGuard.inWords(failure)));
    }
  }

  private void makeUnguarded(String id) {
    while (!chain.step(id).isOver()) {
      StepState next = next(id);
      if (isReady(next) && reuse.mayBeThere(chain.step(id))) {
        reuse.take(id);
        continue;
      }
      switch (next) {
        case GIVEN_UP -> giveUp(id);
        case APPROVAL -> awaitApproval(id);
        case RUNNING -> tryOnce(id);
        default -> hold(id, next);
      }
    }
  }

  /** Whether what it is made from is there, so that it may itself be there already. */
  private static boolean isReady(StepState next) {
    return next != StepState.GIVEN_UP && next != StepState.FAILED && next != StepState.WAITING;
  }

  /** What keeps a step that is not over and does not run; {@code RUNNING} where nothing does. */
  private StepState next(String id) {
    StepRun step = chain.step(id);
    if (chain.isGivingUp() || chain.lostSource(step.plan()).isPresent()) {
      return StepState.GIVEN_UP;
    } else if (step.hasFailed()) {
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
    long running = chain.steps().stream().filter(StepRun::isRunning).count();
    return running < chain.options().maxParallel();
  }

  private void giveUp(String id) {
    StepRun step = chain.step(id);
    if (step.hasFailed()) {
      chain.move(id, Failed.class, failed -> failed.givenUp(failed.problem()));
    } else {
      String lost =
          chain
              .lostSource(step.plan())
              .map(source -> "it is made from " + source.id())
              .orElse("another step failed");
      chain.change(id, now -> now.givenUpWithAnother(lost));
    }
  }

  private void hold(String id, StepState what) {
    chain.move(id, Idle.class, idle -> idle.keptBy(what));
    Supplier<Boolean> moved = moved(id, what);
    if (what.needsDecision() && isShownOnTheTimeline()) {
      Timeline.awaitInSight(moved, id + " " + what.inWords());
    } else {
      Workflow.await(moved);
    }
  }

  /** Chains that were started before a wait for a person was a timer go on without one. */
  private static boolean isShownOnTheTimeline() {
    return Patched.by("waitOnTheTimeline");
  }

  private Supplier<Boolean> moved(String id, StepState from) {
    return () -> chain.step(id).isOver() || next(id) != from;
  }

  private void awaitApproval(String id) {
    Optional<Duration> timeout = chain.options().approvalTimeout();
    if (timeout.isEmpty()) {
      hold(id, StepState.APPROVAL);
      return;
    }
    Supplier<Boolean> moved = moved(id, StepState.APPROVAL);
    chain.move(id, Idle.class, idle -> idle.keptBy(StepState.APPROVAL));
    Timeline.pauseUnless(moved, timeout.get(), id + " waits for your approval, given up");
    if (!moved.get()) {
      String inTime = "nobody approved it within " + Timeline.rounded(timeout.get());
      chain.move(id, Idle.class, idle -> idle.givenUp(inTime));
    }
  }

  private void tryOnce(String id) {
    chain.change(id, step -> step.begun(StepInput.generation(id)));
    StepInput input = StepInput.of(chain.step(id), chain);
    StepOutcome outcome = child.run(input).orElseGet(() -> left.take(input));
    if (outcome instanceof StepOutcome.Clip made) {
      chain.change(id, step -> step.made(made.generation(), made.result()));
      String doubt = made.result().cost().doubt();
      if (doubt != null) {
        chain.note(id + ": " + doubt);
      }
      return;
    }
    CancellationScope.throwCanceled();
    StepOutcome.NotMade not = (StepOutcome.NotMade) outcome;
    chain.change(
        id,
        step ->
            step.failed(
                not.failure().orElse(null), not.charged(), not.leavesItsTask(), not.problem()));
    if (chain.options().onStepFailure() == OnStepFailure.FAIL) {
      chain.giveUpTheRest();
    }
  }
}
