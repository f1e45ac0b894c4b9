package seedance.client;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowTaskFailedCause;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.client.WorkflowClient;
import java.util.Optional;
import java.util.function.Consumer;

/** The events of one run, page by page, so that a long history fits into little memory. */
final class RunHistory {
  private RunHistory() {}

  /**
   * What the first event of a run says.
   *
   * @throws io.grpc.StatusRuntimeException if the server does not answer, or has no such history
   */
  static WorkflowExecutionStartedEventAttributes start(
      WorkflowClient client, WorkflowExecution run) {
    return client
        .getWorkflowServiceStubs()
        .blockingStub()
        .getWorkflowExecutionHistory(
            GetWorkflowExecutionHistoryRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setExecution(run)
                .setMaximumPageSize(1)
                .build())
        .getHistory()
        .getEvents(0)
        .getWorkflowExecutionStartedEventAttributes();
  }

  /** The run that a reset made this one from; empty where the event tells of no reset. */
  static Optional<String> resetFrom(HistoryEvent event) {
    return event.getWorkflowTaskFailedEventAttributes().getCause()
            == WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW
        ? Optional.of(event.getWorkflowTaskFailedEventAttributes().getBaseRunId())
        : Optional.empty();
  }

  /**
   * Hands every event over, the first first. On the calling thread alone, as it may be one of the
   * client's own.
   *
   * @throws io.grpc.StatusRuntimeException if the server does not answer, or has no such history
   */
  static void read(WorkflowClient client, WorkflowExecution run, Consumer<HistoryEvent> reader) {
    GetWorkflowExecutionHistoryRequest.Builder request =
        GetWorkflowExecutionHistoryRequest.newBuilder()
            .setNamespace(client.getOptions().getNamespace())
            .setExecution(run);
    ByteString page = ByteString.EMPTY;
    do {
      GetWorkflowExecutionHistoryResponse answer =
          client
              .getWorkflowServiceStubs()
              .blockingStub()
              .getWorkflowExecutionHistory(request.setNextPageToken(page).build());
      answer.getHistory().getEventsList().forEach(reader);
      page = answer.getNextPageToken();
    } while (!page.isEmpty());
  }
}
