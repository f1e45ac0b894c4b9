package seedance.client;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.client.WorkflowClient;
import java.util.Optional;
import seedance.workflows.generation.GenerationOptions;
import seedance.workflows.json.Json;

/**
 * Whether a run of a generation did all that was ever done under its workflow id. One that took
 * over a task did not make that; one that was reset has another beside it, which may have made one.
 *
 * @param adopts whether it was to take over a task
 * @param adopted that task; empty where none is named as one can be
 * @param wasReset whether it was reset, or a run that it goes on from
 */
record RunOrigin(boolean adopts, Optional<String> adopted, boolean wasReset) {
  /** Of a generation that the service did not take for a week. */
  private static final int MOST_RUNS = 300;

  /**
   * Reads it from the first event of the run and of those before it.
   *
   * @throws StatusRuntimeException if the server does not answer
   */
  static RunOrigin of(WorkflowExecution run, WorkflowClient client) {
    Json options = StartInput.ofRun(run, client).options().orElseThrow();
    return new RunOrigin(
        GenerationOptions.adopts(options),
        GenerationOptions.adopted(options),
        wasReset(run, client));
  }

  /** True too where that is not known any more. */
  static boolean wasReset(WorkflowExecution run, WorkflowClient client) {
    String runId = run.getRunId();
    try {
      for (int runs = 0; runs < MOST_RUNS; runs++) {
        WorkflowExecutionStartedEventAttributes start =
            RunHistory.start(client, run.toBuilder().setRunId(runId).build());
        if (!start.getOriginalExecutionRunId().equals(runId)) {
          return true;
        } else if (start.getContinuedExecutionRunId().isEmpty()) {
          return false;
        }
        runId = start.getContinuedExecutionRunId();
      }
    } catch (StatusRuntimeException unanswered) {
      if (unanswered.getStatus().getCode() != Status.Code.NOT_FOUND) {
        throw unanswered;
      }
    }
    return true;
  }

  /** Whether what it says of its own end holds for all that was done under its id. */
  boolean isTheWholeOfItsId() {
    return !adopts && !wasReset;
  }

  /** Why it does not, as a clause. */
  String inWords() {
    return adopts
        ? "was to take over " + adopted.map(task -> "the task " + task).orElse("a task")
        : "was reset";
  }
}
