package seedance.workflows.chain;

import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowLock;
import java.util.List;
import java.util.Optional;
import seedance.workflows.chain.RunState.Failed;
import seedance.workflows.chain.RunState.Idle;
import seedance.workflows.chain.RunState.Waiting;
import seedance.workflows.chain.StepDecision.May;
import seedance.workflows.generation.HistoryBudget;
import seedance.workflows.generation.Patched;
import seedance.workflows.json.Json;
import seedance.workflows.json.JsonFields;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violations;
import seedance.workflows.request.LastFrame;
import seedance.workflows.request.Money;

/**
 * Follows what people decide about the steps and the budget of a running chain, one decision after
 * the other: checking another request takes time, and the next decision has to see what it changed.
 */
final class StepDecisions {
  static final String HISTORY_IS_FULL =
      "the chain's history is nearly full: reject or skip what is open, and start another whose"
          + " options.reuse names this one";

  private final WorkflowLock oneAtATime = Workflow.newWorkflowLock();
  private final RunningChain chain;
  private final RequestsAsSent asSent;
  private final Json options;
  private Json written;
  private int writtenAnew;
  private int keptTasks;
  private int decisions;

  /**
   * @param written the chain as it was sent
   * @param options as they were sent
   */
  StepDecisions(RunningChain chain, Json written, Json options) {
    this.chain = chain;
    this.asSent = new RequestsAsSent(chain);
    this.written = written;
    this.options = options;
  }

  /**
   * The chain with another request, checked.
   *
   * @param written as it would have been sent
   */
  private record Edit(Json written, ChainPlan plan) {}

  /** Of a chain whose history has no room for one, not even to be refused later. */
  static void requireNoRequest(StepDecision decision) {
    if (decision.request().isPresent()) {
      throw DecisionRefusals.because(decision.step(), HISTORY_IS_FULL);
    }
  }

  /** Of a chain that can take few more decisions: only what surely gives up a step. */
  void requireToGiveUp(StepDecision decision, May may) {
    if (may == May.NOTHING_MORE) {
      requireSkippable(decision.step());
    } else if (decision.rejected().isPresent()) {
      requireNotStarted(open(decision.step()));
    } else {
      throw DecisionRefusals.because(decision.step(), HISTORY_IS_FULL);
    }
  }

  void approve(StepDecision decision) {
    inTurn(
        () -> {
          StepRun step = open(decision.step());
          requireNotStarted(step);
          if (decision.rejected().isPresent()) {
            chain.move(step.id(), Idle.class, idle -> idle.rejected(decision.rejected().get()));
            return;
          }
          requireHistory(step);
          requireNotFailed(step);
          requireUseful(step, decision);
          Optional<Edit> edit = decision.request().map(request -> checked(step, request));
          StepRun now = chain.step(step.id());
          requireNotStarted(now);
          requireNotFailed(now);
          chain.change(step.id(), StepRun::approved);
          if (isToldOfBudget(now) || isOnlyAboutBudget(now, decision)) {
            chain.move(step.id(), Waiting.class, waiting -> waiting.payable(now.plan()));
          }
          edit.ifPresent(this::take);
        });
  }

  /** Whether whoever decides was told that it could break the budget. */
  private boolean isToldOfBudget(StepRun step) {
    return step.shown().needsDecision() && chain.couldBreakBudget(step);
  }

  private static boolean isOnlyAboutBudget(StepRun step, StepDecision decision) {
    return !step.plan().approve() && decision.request().isEmpty();
  }

  void retry(StepDecision decision) {
    inTurn(
        () -> {
          StepRun step = open(decision.step());
          requireFailed(step);
          requireHistory(step);
          Optional<Edit> edit = decision.request().map(request -> checked(step, request));
          requireFailed(chain.step(step.id()));
          edit.ifPresent(this::take);
          chain.move(step.id(), Failed.class, Failed::retried);
        });
  }

  void skip(StepDecision decision) {
    inTurn(
        () -> {
          requireSkippable(decision.step());
          chain.move(decision.step(), Idle.class, Idle::skipped);
        });
  }

  private void requireSkippable(String id) {
    StepRun step = open(id);
    List<String> dependents = chain.openDependents(step);
    if (!dependents.isEmpty()) {
      throw DecisionRefusals.because(
          id, Names.some(dependents) + " is made from it, so it cannot be skipped");
    }
    requireNotStarted(step);
  }

  void raiseBudget(Json budget) {
    inTurn(() -> chain.raiseBudget(read(budget, chain.budget().currency(chain.steps()))));
  }

  /**
   * Reads a budget.
   *
   * @param usualCurrency what it is in, unless it names one
   */
  static Money read(Json budget, String usualCurrency) {
    Violations found = new Violations();
    Optional<Money> raised =
        JsonFields.of(budget, "$", found)
            .flatMap(fields -> ChainOptionsReader.money(fields, found, usualCurrency));
    if (raised.isEmpty() || !found.isEmpty()) {
      throw DecisionRefusals.of(found.list());
    }
    return raised.get();
  }

  private void inTurn(Runnable decision) {
    oneAtATime.lock();
    try {
      decision.run();
    } finally {
      oneAtATime.unlock();
    }
  }

  /** A chain is one run: what makes it grow is refused while there is room to end it. */
  private void requireHistory(StepRun step) {
    if (HistoryBudget.isSpentForAChain("before decision " + ++decisions)) {
      throw DecisionRefusals.because(step.id(), HISTORY_IS_FULL);
    }
  }

  private StepRun open(String id) {
    StepRun step =
        chain
            .find(id)
            .orElseThrow(() -> DecisionRefusals.because(id, "the chain has no such step"));
    if (step.isOver()) {
      throw DecisionRefusals.because(id, "it is over: " + step.shown().inWords());
    }
    return step;
  }

  /** Where only a higher budget lets a step begin, its approval would be heard and do nothing. */
  private void requireUseful(StepRun step, StepDecision decision) {
    if (chain.budget().isAllThatLetsBegin(step) && isOnlyAboutBudget(step, decision)) {
      throw DecisionRefusals.because(
          step.id(), "options.overBudget is WAIT_FOR_BUDGET: raiseBudget lets it begin");
    }
  }

  private static void requireFailed(StepRun step) {
    if (!step.hasFailed()) {
      throw DecisionRefusals.because(step.id(), "it has not failed: it " + step.shown().inWords());
    }
  }

  private static void requireNotFailed(StepRun step) {
    if (step.hasFailed()) {
      throw DecisionRefusals.because(step.id(), "it has failed: retryStep makes it again");
    }
  }

  private static void requireNotStarted(StepRun step) {
    if (step.isStarted() || step.isOver()) {
      throw DecisionRefusals.because(step.id(), "it " + step.shown().inWords());
    }
  }

  /** Checks the whole chain with another request for a step, under the budget in force. */
  private Edit checked(StepRun step, Json request) {
    Json edited = ChainEdit.withRequest(written, step.id(), asWritten(step.id(), request));
    Json inForce =
        chain.budget().limit().map(now -> ChainEdit.withBudget(options, now)).orElse(options);
    Verdict<ChainPlan> verdict =
        ChainCheck.check("Validate another request for " + step.id(), edited, inForce);
    ChainPlan plan =
        verdict.value().orElseThrow(() -> DecisionRefusals.of(step.id(), verdict.violations()));
    requirePossible(step, plan);
    return new Edit(edited, asSent.in(plan));
  }

  /**
   * The step's own where it differs in the order of its fields alone, see {@link RequestsAsSent}.
   */
  private Json asWritten(String step, Json request) {
    Json there = ChainEdit.request(written, step);
    boolean isOnlyWrittenAnew =
        there.equals(request)
            && !String.valueOf(there.tree()).equals(String.valueOf(request.tree()));
    return isOnlyWrittenAnew && Patched.by("keepRequest " + ++writtenAnew) ? there : request;
  }

  private void requirePossible(StepRun step, ChainPlan plan) {
    chain
        .lostSource(plan.step(step.id()))
        .ifPresent(
            source -> {
              throw DecisionRefusals.because(
                  source.id(),
                  "it is " + source.shown().inWords() + ", so nothing can be made from it");
            });
    for (StepRun other : chain.steps()) {
      boolean isWithout =
          LastFrame.isAskedForBy(plan.step(other.id()).request())
              && !LastFrame.isAskedForBy(other.plan().request());
      if (other.isStarted() && isWithout) {
        throw DecisionRefusals.because(
            other.id(), "it was begun without the last frame that the request takes");
      }
      if (isWithout && !other.id().equals(step.id()) && isKeptFor(other)) {
        throw DecisionRefusals.because(
            other.id(),
            "the task that it left was begun without the last frame that the request takes: retry"
                + " it first, to take that task, or with return_last_frame, to make another");
      }
    }
  }

  /** Whether a task that a step left is not given up for what another step takes. */
  private boolean isKeptFor(StepRun step) {
    return step.attempts().leftATask() && Patched.by("keepTaskLeft " + ++keptTasks);
  }

  private void take(Edit edit) {
    written = edit.written();
    chain.replan(edit.plan());
  }
}
