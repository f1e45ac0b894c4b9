package seedance.workflows.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import seedance.workflows.request.Money;

/** What people see of a running chain, as the query tells it. */
final class ChainView {
  private final RunningChain chain;

  private ChainView(RunningChain chain) {
    this.chain = chain;
  }

  static ChainProgress of(RunningChain chain) {
    return new ChainView(chain).progress();
  }

  private ChainProgress progress() {
    TotalCost cost = chain.cost();
    boolean isChecked = !chain.steps().isEmpty();
    return new ChainProgress(
        onlyWaitsForSomeone() ? "Waiting for your decision" : chain.stage(),
        chain.steps().stream().map(this::progress).toList(),
        cost.isNothing() ? null : cost,
        toCome().orElse(null),
        chain.budget().limit().orElse(null),
        isChecked ? chain.plan().graph() : null,
        notes());
  }

  /** Whether nothing happens until someone decides. */
  private boolean onlyWaitsForSomeone() {
    return chain.stage().equals(RunningChain.MAKING)
        && chain.steps().stream().anyMatch(step -> step.shown().needsDecision())
        && chain.steps().stream().noneMatch(StepRun::isRunning);
  }

  /** Of what is not over, at most; empty where nothing is left, or it cannot be told. */
  private Optional<Money> toCome() {
    TotalCost most =
        TotalCost.sum(
            chain.steps().stream()
                .filter(step -> !step.isOver())
                .map(step -> TotalCost.worstOf(step.plan())));
    return most.without().isEmpty() ? most.money() : Optional.empty();
  }

  /** Those of the plan, except that the one on the budget follows what is decided since. */
  private List<String> notes() {
    List<String> notes = new ArrayList<>(chain.plan().notes());
    notes.removeIf(BudgetNote::isOne);
    chain.budget().note(chain.steps()).ifPresent(notes::add);
    notes.addAll(chain.notes());
    return notes;
  }

  private StepProgress progress(StepRun step) {
    TotalCost worst = step.costAtMost();
    boolean settled = step.isOver() && worst.isExact();
    return new StepProgress(
        step.id(),
        step.plan().summary(),
        step.shown(),
        waitsFor(step),
        step.generation().orElse(null),
        settled ? worst.money().orElse(null) : null,
        settled || !worst.without().isEmpty() ? null : worst.money().orElse(null),
        step.result().map(made -> made.video().location()).orElse(null),
        step.state().problem(),
        choices(step));
  }

  private @Nullable String waitsFor(StepRun step) {
    List<String> sources =
        step.shown() == StepState.WAITING ? chain.unfinishedSources(step.plan()) : List.of();
    return sources.isEmpty() ? null : Names.some(sources);
  }

  private List<StepChoice> choices(StepRun step) {
    List<StepChoice> choices = new ArrayList<>();
    if (!step.shown().needsDecision()) {
      return choices;
    }
    if (step.hasFailed()) {
      choices.add(StepChoice.RETRY);
    } else {
      if (canBeApproved(step)) {
        choices.add(StepChoice.APPROVE);
      }
      if (raisingHelps(step)) {
        choices.add(StepChoice.RAISE_BUDGET);
      }
    }
    if (chain.openDependents(step).isEmpty()) {
      choices.add(StepChoice.SKIP);
    }
    choices.add(StepChoice.REJECT);
    return choices;
  }

  private boolean canBeApproved(StepRun step) {
    return step.shown() == StepState.APPROVAL || chain.budget().approvalIsEnough(step);
  }

  private boolean raisingHelps(StepRun step) {
    return step.plan().worstCase() != null && chain.couldBreakBudget(step);
  }
}
