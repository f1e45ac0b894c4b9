package seedance.client;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import seedance.workflows.json.Json;
import seedance.workflows.request.StepReference;

/**
 * Which steps a chain has begun: by the history of a run and of those that it goes on from. Another
 * run that was reset from the same one is in none of these, so of a chain that was reset the steps
 * count too that have a generation.
 */
final class BegunSteps {
  private final WorkflowClient workflows;
  private final WorkflowExecution chain;
  private final Set<String> steps = new LinkedHashSet<>();
  private final Set<String> read = new HashSet<>();
  private String earlierRunId = "";
  private boolean wasReset;
  private boolean isAll = true;

  private BegunSteps(WorkflowExecution chain, WorkflowClient workflows) {
    this.chain = chain;
    this.workflows = workflows;
  }

  /** None of it throws for what a history or a server says. */
  static BegunSteps of(WorkflowExecution chain, WorkflowClient workflows) {
    BegunSteps begun = new BegunSteps(chain, workflows);
    begun.tolerant(begun::readRuns);
    if (begun.wasReset) {
      begun.tolerant(begun::addThoseWithAGeneration);
    }
    return begun;
  }

  private void tolerant(Runnable reading) {
    try {
      reading.run();
    } catch (RuntimeException goneOrNotAnswered) {
      isAll = false;
    }
  }

  /** Their ids. */
  Set<String> steps() {
    return steps;
  }

  /** Whether there are surely no more. */
  boolean isAll() {
    return isAll;
  }

  private void readRuns() {
    String runId = chain.getRunId();
    while (read.size() < LeftInHistory.MOST_RUNS && read.add(runId)) {
      earlierRunId = "";
      RunHistory.read(workflows, chain.toBuilder().setRunId(runId).build(), this::accept);
      if (earlierRunId.isEmpty()) {
        return;
      }
      runId = earlierRunId;
    }
    isAll = false;
  }

  private void accept(HistoryEvent event) {
    switch (event.getEventType()) {
      case EVENT_TYPE_WORKFLOW_EXECUTION_STARTED ->
          earlierRunId =
              event.getWorkflowExecutionStartedEventAttributes().getContinuedExecutionRunId();
      case EVENT_TYPE_WORKFLOW_TASK_FAILED ->
          RunHistory.resetFrom(event)
              .ifPresent(
                  base -> {
                    earlierRunId = base;
                    wasReset = true;
                  });
      case EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED ->
          begun(event.getStartChildWorkflowExecutionInitiatedEventAttributes().getWorkflowId());
      default -> {}
    }
  }

  private void begun(String child) {
    String ofSteps = StepReference.workflowId(chain.getWorkflowId(), "");
    if (child.startsWith(ofSteps) && StepReference.isStepId(child.substring(ofSteps.length()))) {
      steps.add(child.substring(ofSteps.length()));
    }
  }

  private void addThoseWithAGeneration() {
    Json steps = StartInput.ofRun(chain, workflows).request().at("steps");
    if (!steps.isArray()) {
      isAll = false;
      return;
    }
    steps.items().stream()
        .flatMap(step -> step.text("id").stream())
        .filter(StepReference::isStepId)
        .filter(id -> !this.steps.contains(id))
        .filter(id -> isThere(StepReference.workflowId(chain.getWorkflowId(), id)))
        .forEach(this.steps::add);
  }

  private boolean isThere(String generation) {
    try {
      workflows.newUntypedWorkflowStub(generation).describe();
      return true;
    } catch (WorkflowNotFoundException never) {
      return false;
    }
  }
}
