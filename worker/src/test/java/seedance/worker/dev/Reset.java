package seedance.worker.dev;

import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import java.util.UUID;

/** Resets workflows, as the Temporal UI does. */
final class Reset {
  private Reset() {}

  /**
   * Starts a run that goes on after an event of the latest one.
   *
   * @param event of a workflow task that was completed
   */
  static WorkflowStub toEvent(long event, WorkflowStub workflow, WorkflowClient client) {
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
