package seedance.client;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowStub;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What has an id that is started again: it has to be the same.
 *
 * @param kind in words
 * @param types of workflows that are of that kind
 * @param differences of what was started from what is to be
 */
record IdInUse(
    String kind,
    List<String> types,
    BiFunction<StartInput, StartInput, List<String>> differences,
    WorkflowClient workflows) {

  /**
   * @throws DifferentRequestException if it is of another kind
   */
  WorkflowExecutionDescription describe(WorkflowStub there) {
    WorkflowExecutionDescription description = there.describe();
    if (!types.contains(description.getWorkflowType())) {
      throw DifferentRequestException.ofType(
          description.getWorkflowType(), kind, description.getExecution().getWorkflowId());
    }
    return description;
  }

  /**
   * @throws DifferentRequestException if it was started with something else
   */
  void requireSame(WorkflowStub there, StartInput input) {
    WorkflowExecutionDescription description = describe(there);
    List<String> paths = differences.apply(StartInput.of(description, workflows), input);
    if (!paths.isEmpty()) {
      throw DifferentRequestException.at(paths, description.getExecution().getWorkflowId());
    }
  }
}
