package seedance.worker.dev;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import java.util.UUID;
import java.util.stream.LongStream;

/** Resets workflows, as the Temporal UI does. */
public final class Reset {
  private Reset() {}

  /** Starts a run that knows nothing but what the workflow was started with. */
  public static WorkflowStub toItsBeginning(WorkflowStub workflow, WorkflowClient client) {
    return toEvent(tasksCompleted(workflow, client).min().orElseThrow(), workflow, client);
  }

  /** Starts a run that goes on after the last thing that the workflow did. */
  public static WorkflowStub toItsLatest(WorkflowStub workflow, WorkflowClient client) {
    long latest = tasksCompleted(workflow, client).max().orElseThrow();
    return toEvent(latest, workflow, client);
  }

  private static LongStream tasksCompleted(WorkflowStub workflow, WorkflowClient client) {
    return client.fetchHistory(workflow.getExecution().getWorkflowId()).getEvents().stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
        .mapToLong(HistoryEvent::getEventId);
  }

  /**
   * Starts a run that goes on after an event of the latest one.
   *
   * @param event of a workflow task that was completed
   */
  public static WorkflowStub toEvent(long event, WorkflowStub workflow, WorkflowClient client) {
    String runId =
        client
            .getWorkflowServiceStubs()
            .blockingStub()
            .resetWorkflowExecution(
                ResetWorkflowExecutionRequest.newBuilder()
                    .setNamespace(client.getOptions().getNamespace())
                    .setWorkflowExecution(workflow.getExecution())
                    .setWorkflowTaskFinishEventId(event)
                    .setReason("a test")
                    .setRequestId(UUID.randomUUID().toString())
                    .build())
            .getRunId();
    return client.newUntypedWorkflowStub(
        WorkflowTargetOptions.newBuilder()
            .setWorkflowId(workflow.getExecution().getWorkflowId())
            .setRunId(runId)
            .build());
  }
}
