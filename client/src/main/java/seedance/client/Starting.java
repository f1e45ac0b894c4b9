package seedance.client;

import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import seedance.workflows.json.Json;

/** Starts workflows on one task queue. */
final class Starting {
  private static final int ATTEMPTS_AT_A_FREE_ID = 5;

  private final WorkflowClient workflows;
  private final String taskQueue;

  Starting(WorkflowClient workflows, String taskQueue) {
    this.workflows = Objects.requireNonNull(workflows, "workflows");
    this.taskQueue = Objects.requireNonNull(taskQueue, "taskQueue");
  }

  /**
   * @param options left out where they are JSON null
   * @throws WorkflowExecutionAlreadyStarted if the id is taken
   */
  void start(
      String type,
      WorkflowIdReusePolicy reuse,
      String workflowId,
      RequestLabels labels,
      Json argument,
      Json options) {
    WorkflowStub workflow =
        workflows.newUntypedWorkflowStub(
            type,
            WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setTaskQueue(taskQueue)
                .setWorkflowIdReusePolicy(reuse)
                // Both or neither: the SDK cannot describe a schedule that has only one of them.
                .setStaticSummary(labels.summary())
                .setStaticDetails(labels.details())
                .build());
    if (options.isNull()) {
      workflow.start(argument);
    } else {
      workflow.start(argument, options);
    }
  }

  /** Starts under ids that are made up, until one is free. */
  static <T> T underNewId(String slug, Function<String, T> start) {
    for (int attempt = 1; ; attempt++) {
      try {
        return start.apply(WorkflowIds.next(Instant.now(), slug, ThreadLocalRandom.current()));
      } catch (WorkflowExecutionAlreadyStarted taken) {
        if (attempt == ATTEMPTS_AT_A_FREE_ID) {
          throw taken;
        }
      }
    }
  }
}
