package seedance.worker.dev;

import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A finished workflow's whole history as text, payloads decoded.
 *
 * @param inputs the workflow's own arguments and those of its activities, which may hold the
 *     request
 */
record HistoryScan(WorkflowExecutionHistory history, List<Input> inputs) {

  /** One activity's or the workflow's arguments. */
  record Input(String of, String text) {}

  static HistoryScan of(WorkflowClient client, WorkflowStub workflow) {
    WorkflowExecutionHistory history = client.fetchHistory(workflow.getExecution().getWorkflowId());
    return new HistoryScan(
        history, history.getEvents().stream().flatMap(event -> inputsOf(event).stream()).toList());
  }

  private static List<Input> inputsOf(HistoryEvent event) {
    if (event.hasWorkflowExecutionStartedEventAttributes()) {
      return List.of(
          new Input(
              "workflow", text(event.getWorkflowExecutionStartedEventAttributes().getInput())));
    }
    if (event.hasActivityTaskScheduledEventAttributes()) {
      return List.of(
          new Input(
              event.getActivityTaskScheduledEventAttributes().getActivityType().getName(),
              text(event.getActivityTaskScheduledEventAttributes().getInput())));
    }
    return List.of();
  }

  int events() {
    return history.getEvents().size();
  }

  String everything() {
    return outsideInputs() + inputs.stream().map(Input::text).collect(Collectors.joining("\n"));
  }

  String inputsOf(String name) {
    return inputs.stream()
        .filter(input -> input.of().equals(name))
        .map(Input::text)
        .collect(Collectors.joining("\n"));
  }

  String outsideInputs() {
    return history.getEvents().stream()
        .map(HistoryScan::withoutInput)
        .map(event -> event + "\n" + payloadsOf(event))
        .collect(Collectors.joining("\n"));
  }

  int largestPayloadOutsideInputs() {
    return history.getEvents().stream()
        .map(HistoryScan::withoutInput)
        .mapToInt(HistoryEvent::getSerializedSize)
        .max()
        .orElseThrow();
  }

  private static HistoryEvent withoutInput(HistoryEvent event) {
    HistoryEvent.Builder copy = event.toBuilder();
    if (event.hasWorkflowExecutionStartedEventAttributes()) {
      copy.getWorkflowExecutionStartedEventAttributesBuilder().clearInput();
    }
    if (event.hasActivityTaskScheduledEventAttributes()) {
      copy.getActivityTaskScheduledEventAttributesBuilder().clearInput();
    }
    return copy.build();
  }

  /** Results and labels; an event's own text shows payloads as escaped bytes. */
  private static String payloadsOf(HistoryEvent event) {
    return text(event.getActivityTaskCompletedEventAttributes().getResult())
        + text(event.getWorkflowExecutionCompletedEventAttributes().getResult())
        + event.getUserMetadata().getSummary().getData().toStringUtf8();
  }

  private static String text(Payloads payloads) {
    return payloads.getPayloadsList().stream()
        .map(Payload::getData)
        .map(data -> data.toStringUtf8())
        .collect(Collectors.joining("\n"));
  }
}
