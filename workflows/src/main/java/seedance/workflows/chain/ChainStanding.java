package seedance.workflows.chain;

import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import seedance.workflows.generation.LastGuard;
import seedance.workflows.request.Money;

/** Where one running chain stands, as the query and the Temporal UI show it. */
final class ChainStanding {
  private static final String MAKING = "Making the steps";

  private final Map<String, StepRun> steps = new LinkedHashMap<>();
  private ChainPlan plan;
  private Spending spending;
  private String stage = ChainProgress.start().stage();
  private boolean isGivingUp;
  private boolean isStale;
  private final Set<String> notes = new LinkedHashSet<>();

  void begin(ChainPlan valid) {
    plan = valid;
    spending = new Spending(valid.options().budget());
    valid.steps().forEach(step -> steps.put(step.id(), new StepRun(step)));
  }

  /** False until the chain was checked. */
  boolean hasBegun() {
    return plan != null;
  }

  ChainPlan plan() {
    return plan;
  }

  ChainOptions options() {
    return plan.options();
  }

  Spending spending() {
    return spending;
  }

  Collection<StepRun> steps() {
    return steps.values();
  }

  /** Null where there is none. */
  StepRun step(String id) {
    return steps.get(id);
  }

  /** Whether nothing more is to be started, as a step failed and the options say so. */
  boolean isGivingUp() {
    return isGivingUp;
  }

  void giveUpTheRest() {
    isGivingUp = true;
  }

  /** The chain was cancelled: what is not over will not be made. */
  void giveUpCancelled() {
    for (StepRun step : steps.values()) {
      if (step.state() == StepState.RUNNING) {
        step.givenUpWithAnother(
            "the chain was cancelled while it was made; "
                + step.generation()
                + " says what became of its task");
      } else if (!step.state().isOver()) {
        step.givenUpWithAnother("the chain was cancelled");
      }
    }
  }

  /** One that it is made from and that will never be there. */
  Optional<StepRun> lostSource(StepPlan step) {
    return sources(step).filter(StepRun::isLost).findFirst();
  }

  /** Those that it is made from and that are not there yet. */
  List<String> unfinishedSources(StepPlan step) {
    return sources(step).filter(source -> !source.state().isFinished()).map(StepRun::id).toList();
  }

  private Stream<StepRun> sources(StepPlan step) {
    return step.dependsOn().stream().map(steps::get);
  }

  /** Those that are made from a step and that may yet be. */
  List<String> openDependents(StepRun step) {
    return steps.values().stream()
        .filter(other -> !other.state().isOver())
        .filter(other -> other.plan().dependsOn().contains(step.id()))
        .map(StepRun::id)
        .toList();
  }

  /** Whether the budget, or someone's approval, lets a step begin. */
  boolean mayBePaid(StepRun step) {
    return step.isApprovedOverBudget() && approvalIsEnough(step) || !couldBreakBudget(step);
  }

  /** Whether people are asked about a step, and told that it could break the budget. */
  boolean isToldOfBudget(StepRun step) {
    return step.state().needsDecision() && couldBreakBudget(step);
  }

  private boolean couldBreakBudget(StepRun step) {
    return spending.couldBreak(step, steps.values());
  }

  /** No budget is high enough for a step whose cost nobody knows. */
  private boolean approvalIsEnough(StepRun step) {
    return options().overBudget() == OverBudget.WAIT_FOR_APPROVAL
        || step.plan().worstCase() == null;
  }

  /** Whether a step that could break the budget begins only when that is raised. */
  boolean onlyBudgetLetsBegin(StepRun step) {
    return spending.budget().isPresent() && !approvalIsEnough(step);
  }

  /** What amounts are in: the budget, else the prices, else CNY. */
  String currency() {
    return spending
        .budget()
        .or(
            () ->
                steps.values().stream()
                    .flatMap(step -> Stream.ofNullable(step.plan().worstCase()))
                    .findFirst())
        .map(Money::currency)
        .orElse(ChainOptionsReader.USUAL_CURRENCY);
  }

  /** Follows another plan in what is not started yet. */
  void replan(ChainPlan changed) {
    plan = changed;
    List<StepRun> ordered = changed.steps().stream().map(step -> steps.get(step.id())).toList();
    steps.clear();
    for (StepRun step : ordered) {
      steps.put(step.id(), step);
      if (!step.isStarted()) {
        step.plan(changed.step(step.id()));
      }
    }
  }

  void becomes(StepRun step, StepState state) {
    step.becomes(state);
    report();
  }

  void makesSteps() {
    report(MAKING);
  }

  void troubled(StepRun step, String what) {
    step.troubled(what);
    report();
  }

  /** Once, however often it is said. */
  void note(String what) {
    notes.add(what);
  }

  void report(String newStage) {
    stage = newStage;
    show();
  }

  /** Has it shown anew by {@link #keepShown}, however much else changes until then. */
  void report() {
    isStale = true;
  }

  /** Shows what has changed once in a workflow task: of many steps, each time takes a while. */
  void keepShown() {
    while (true) {
      Workflow.await(() -> isStale);
      show();
    }
  }

  /** What cannot be shown ends nothing, as what is made meanwhile is paid for. */
  private void show() {
    isStale = false;
    try {
      Workflow.setCurrentDetails(progress().toMarkdown(Workflow.getInfo().getWorkflowId()));
    } catch (RuntimeException failure) {
      if (!LastGuard.isBug(failure)) {
        throw failure;
      }
      Workflow.setCurrentDetails(
          "### %s\n\nNo more can be shown: %s\n".formatted(stage, LastGuard.inWords(failure)));
    }
  }

  ChainProgress progress() {
    TotalCost cost = TotalCost.of(steps.values().stream());
    return new ChainProgress(
        onlyWaitsForSomeone() ? "Waiting for your decision" : stage,
        steps.values().stream().map(this::progress).toList(),
        cost.isNothing() ? null : cost,
        Spending.toCome(steps.values()).orElse(null),
        hasBegun() ? spending.budget().orElse(null) : null,
        hasBegun() ? plan.graph() : null,
        hasBegun() ? notes() : List.of());
  }

  /** Those of the plan, except that the one on the budget follows what is decided since. */
  private List<String> notes() {
    Stream<String> ofBudget =
        spending.budget().stream()
            .flatMap(now -> BudgetNote.of(steps.values(), now, options().overBudget()).stream());
    return Stream.of(
            plan.notes().stream().filter(note -> !BudgetNote.isOne(note)), ofBudget, notes.stream())
        .flatMap(Function.identity())
        .toList();
  }

  /** Whether nothing happens until someone decides. */
  private boolean onlyWaitsForSomeone() {
    return stage.equals(MAKING)
        && steps.values().stream().anyMatch(step -> step.state().needsDecision())
        && steps.values().stream().noneMatch(step -> step.state() == StepState.RUNNING);
  }

  private StepProgress progress(StepRun step) {
    TotalCost worst = step.costAtMost();
    boolean settled = step.state().isOver() && worst.isExact();
    return new StepProgress(
        step.id(),
        step.plan().summary(),
        step.state(),
        waitsFor(step),
        step.generation(),
        settled ? worst.money().orElse(null) : null,
        settled || !worst.without().isEmpty() ? null : worst.money().orElse(null),
        step.result().map(made -> made.clip().location()).orElse(null),
        step.problem(),
        choices(step));
  }

  private String waitsFor(StepRun step) {
    if (step.state() == StepState.WAITING) {
      List<String> sources = unfinishedSources(step.plan());
      return sources.isEmpty() ? null : Names.some(sources);
    }
    return null;
  }

  private List<StepChoice> choices(StepRun step) {
    List<StepChoice> choices = new ArrayList<>();
    if (!step.state().needsDecision()) {
      return choices;
    }
    if (step.state() == StepState.FAILED) {
      choices.add(StepChoice.RETRY);
    } else if (step.state() == StepState.APPROVAL || approvalIsEnough(step)) {
      choices.add(StepChoice.APPROVE);
    }
    if (step.state() != StepState.FAILED
        && step.plan().worstCase() != null
        && couldBreakBudget(step)) {
      choices.add(StepChoice.RAISE_BUDGET);
    }
    if (openDependents(step).isEmpty()) {
      choices.add(StepChoice.SKIP);
    }
    choices.add(StepChoice.REJECT);
    return choices;
  }
}
