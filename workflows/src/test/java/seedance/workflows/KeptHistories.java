package seedance.workflows;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.filter.v1.StartTimeFilter;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.ListClosedWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListOpenWorkflowExecutionsRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every history that a test run makes, for a proof that a change of workflow code changes no
 * workflow: tests run before the change with {@code -Dhistories.kept=FOLDER} keep them there, and
 * {@code KeptHistoriesProofTest} replays them after it with the same property.
 */
public final class KeptHistories {
  private KeptHistories() {}

  /** Where they are; empty where none are kept. */
  static Optional<Path> folder() {
    return Optional.ofNullable(System.getProperty("histories.kept")).map(Path::of);
  }

  /** Keeps those of a server that is about to close, if they are to be kept. */
  public static void keep(WorkflowServiceStubs server, String namespace) {
    folder().ifPresent(folder -> keep(server, namespace, folder));
  }

  /** A history itself does not say its workflow's id, on which the ids of a chain's steps hang. */
  static WorkflowExecutionHistory read(Path file) throws IOException {
    String text = Files.readString(file);
    int end = text.indexOf('\n');
    return WorkflowExecutionHistory.fromJson(text.substring(end + 1), text.substring(0, end));
  }

  private static void keep(WorkflowServiceStubs server, String namespace, Path folder) {
    WorkflowClient client =
        WorkflowClient.newInstance(
            server, WorkflowClientOptions.newBuilder().setNamespace(namespace).build());
    try {
      Files.createDirectories(folder);
      for (WorkflowExecutionInfo workflow : all(server, namespace)) {
        WorkflowExecution run = workflow.getExecution();
        WorkflowExecutionHistory history = client.fetchHistory(run.getWorkflowId(), run.getRunId());
        Files.writeString(
            folder.resolve(workflow.getType().getName() + "-" + run.getRunId() + ".json"),
            run.getWorkflowId() + "\n" + history.toJson(false));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<WorkflowExecutionInfo> all(WorkflowServiceStubs server, String namespace) {
    List<WorkflowExecutionInfo> all = new ArrayList<>();
    all.addAll(
        server
            .blockingStub()
            .listOpenWorkflowExecutions(
                ListOpenWorkflowExecutionsRequest.newBuilder()
                    .setNamespace(namespace)
                    .setMaximumPageSize(10_000)
                    .setStartTimeFilter(StartTimeFilter.getDefaultInstance())
                    .build())
            .getExecutionsList());
    all.addAll(
        server
            .blockingStub()
            .listClosedWorkflowExecutions(
                ListClosedWorkflowExecutionsRequest.newBuilder()
                    .setNamespace(namespace)
                    .setMaximumPageSize(10_000)
                    .setStartTimeFilter(StartTimeFilter.getDefaultInstance())
                    .build())
            .getExecutionsList());
    return all;
  }
}
