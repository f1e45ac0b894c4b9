package seedance.workflows.chain;

import io.temporal.workflow.Workflow;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seedance.workflows.generation.VideoGenerationWorkflow;

/** Where one running chain stands, as the query and the Temporal UI show it. */
final class ChainStanding {
  private final Map<String, StepRun> steps = new LinkedHashMap<>();
  private ChainPlan plan;
  private Spending spending;
  private String stage = ChainProgress.start().stage();
  private boolean isGivingUp;
  private boolean isAsking;

  void begin(ChainPlan valid) {
    plan = valid;
    spending = new Spending(valid.options().budget());
    valid.steps().forEach(step -> steps.put(step.id(), new StepRun(step)));
  }

  /** False until the chain was judged. */
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

  void giveUp(StepRun step, String why) {
    step.givenUp(why);
    report();
  }

  void becomes(StepRun step, StepState state, String waitsFor) {
    if (!step.state().isOver()) {
      step.becomes(state, waitsFor);
      report();
    }
  }

  void report(String newStage) {
    stage = newStage;
    report();
  }

  void report() {
    Workflow.setCurrentDetails(progress().toMarkdown(Workflow.getInfo().getWorkflowId()));
    List<String> asked =
        steps.values().stream()
            .filter(step -> step.state().needsDecision())
            .map(step -> step.id() + " " + step.state().inWords())
            .toList();
    if (!asked.isEmpty() || isAsking) {
      isAsking = !asked.isEmpty();
      Workflow.upsertMemo(
          Collections.singletonMap(
              VideoGenerationWorkflow.NEEDS_DECISION_MEMO,
              isAsking ? String.join("; ", asked) : null));
    }
  }

  ChainProgress progress() {
    return new ChainProgress(
        stage,
        steps.values().stream().map(StepRun::progress).toList(),
        Spending.settled(steps.values()).orElse(null),
        Spending.toCome(steps.values()).orElse(null),
        hasBegun() ? spending.budget().orElse(null) : null,
        hasBegun() ? plan.graph() : null,
        hasBegun() ? plan.notes() : List.of());
  }
}
