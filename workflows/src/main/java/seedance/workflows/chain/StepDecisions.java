package seedance.workflows.chain;

import java.util.List;
import java.util.Optional;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.JsonFields;
import seedance.workflows.request.Money;
import seedance.workflows.request.Violation;
import seedance.workflows.request.Violations;

/** Follows what people decide about the steps and the budget of a running chain. */
final class StepDecisions {
  private final ChainStanding chain;
  private final AnyJson options;
  private AnyJson written;

  /**
   * @param written the chain as it was sent
   * @param options as they were sent
   */
  StepDecisions(ChainStanding chain, AnyJson written, AnyJson options) {
    this.chain = chain;
    this.written = written;
    this.options = options;
  }

  void approve(StepDecision decision) {
    StepRun step = open(decision.step());
    requireNotStarted(step);
    if (decision.rejected().isPresent()) {
      chain.giveUp(step, "rejected: " + decision.rejected().get());
      return;
    }
    StepPlan approved = changed(step, decision.request());
    requireNotStarted(step);
    step.approved(approved);
    chain.report();
  }

  void retry(StepDecision decision) {
    StepRun step = open(decision.step());
    requireFailed(step);
    StepPlan changed = changed(step, decision.request());
    requireFailed(step);
    step.retried(changed);
    chain.report();
  }

  void skip(StepDecision decision) {
    StepRun step = open(decision.step());
    List<String> dependents =
        chain.steps().stream()
            .filter(other -> other.plan().dependsOn().contains(step.id()))
            .map(StepRun::id)
            .toList();
    if (!dependents.isEmpty()) {
      throw Refusals.because(
          step.id(), String.join(", ", dependents) + " is made from it, so it cannot be left out");
    }
    requireNotStarted(step);
    step.skipped();
    chain.report();
  }

  void raiseBudget(AnyJson budget) {
    Violations found = new Violations();
    Optional<Money> raised =
        JsonFields.of(AnyJson.orNull(budget).tree(), "$", found)
            .flatMap(fields -> ChainOptionsReader.money(fields, found));
    if (raised.isEmpty() || !found.isEmpty()) {
      throw Refusals.of(found.list());
    }
    Optional<Money> now = chain.spending().budget();
    if (now.isPresent() && !now.get().currency().equals(raised.get().currency())) {
      throw Refusals.because(null, "the budget is in " + now.get().currency());
    }
    chain.spending().budget(raised.get());
    chain.report();
  }

  private StepRun open(String id) {
    StepRun step = chain.step(id);
    if (step == null) {
      throw Refusals.because(id, "the chain has no such step");
    }
    if (step.state().isOver()) {
      throw Refusals.because(id, "it is over: " + step.state().inWords());
    }
    return step;
  }

  private static void requireFailed(StepRun step) {
    if (step.state() != StepState.FAILED) {
      throw Refusals.because(step.id(), "it has not failed: it " + step.state().inWords());
    }
  }

  private static void requireNotStarted(StepRun step) {
    if (step.state() == StepState.RUNNING || step.state().isOver()) {
      throw Refusals.because(step.id(), "it " + step.state().inWords());
    }
  }

  /** The step's plan, with another request where one is given: the whole chain is judged again. */
  private StepPlan changed(StepRun step, Optional<AnyJson> request) {
    if (request.isEmpty()) {
      return step.plan();
    }
    AnyJson edited = ChainEdit.withRequest(written, step.id(), request.get());
    ChainVerdict verdict = ChainActivities.validate().validate(edited, options);
    if (verdict instanceof ChainVerdict.Valid valid) {
      written = edited;
      return valid.plan().step(step.id());
    }
    List<Violation> violations =
        verdict instanceof ChainVerdict.Invalid invalid ? invalid.violations() : List.of();
    throw Refusals.of(violations);
  }
}
