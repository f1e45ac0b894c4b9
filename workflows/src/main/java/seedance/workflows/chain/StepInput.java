package seedance.workflows.chain;

import io.temporal.workflow.Workflow;
import java.util.List;
import seedance.workflows.json.Json;
import seedance.workflows.request.StepReference;

/**
 * What one attempt makes a step from.
 *
 * @param request each step that it refers to replaced by the generation that made that
 * @param sourceTasks the tasks that made those steps
 */
record StepInput(StepPlan plan, Json request, List<String> sourceTasks) {

  static StepInput of(StepRun step, RunningChain chain) {
    return new StepInput(step.plan(), chain.request(step), chain.sourceTasks(step.plan()));
  }

  String step() {
    return plan.id();
  }

  /** The workflow id of the generation that makes it. */
  String generation() {
    return generation(plan.id());
  }

  static String generation(String step) {
    return StepReference.workflowId(Workflow.getInfo().getWorkflowId(), step);
  }

  /** The same after a reset of the chain. */
  static String chainRun() {
    return Workflow.getInfo().getOriginalExecutionRunId();
  }
}
