package seedance.client;

import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowServiceException;
import java.util.Optional;
import seedance.workflows.generation.FailureType;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.json.Json;

/**
 * The latest generation of an id, which ended without a clip, as whoever starts the id once more
 * has to know it.
 */
record EarlierFailure(
    GenerationHandle generation,
    WorkflowExecutionDescription run,
    GenerationFailedException ending,
    WorkflowClient workflows) {

  /**
   * @throws MayBeChargedException if it may have been charged, or another run of its id
   */
  void requireUncharged() {
    if (ending.charged() != Charged.NO) {
      throw new MayBeChargedException(generation, ending);
    }
    try {
      RunOrigin origin = RunOrigin.of(run.getExecution(), workflows);
      if (!origin.isTheWholeOfItsId()) {
        throw new MayBeChargedException(generation, ending, origin);
      }
    } catch (StatusRuntimeException unanswered) {
      throw new WorkflowServiceException(run.getExecution(), run.getWorkflowType(), unanswered);
    }
  }

  /**
   * The request that a task was made from which is taken over under the id without one; JSON null
   * where the task is not known to be that of this generation.
   */
  Json requestOf(String taskId) {
    LeftBehind left = new EndedRuns(workflows).generation(run.getExecution());
    Optional<String> itsTask = hasNothingToAdopt() ? Optional.empty() : left.task();
    return itsTask.map(taskId::equals).orElse(left.mayBeCharged()) ? request() : Json.NULL;
  }

  private Json request() {
    try {
      return StartInput.of(run, workflows).request();
    } catch (RuntimeException goneOrUnreadable) {
      // The clip is worth more than what it was made from.
      return Json.NULL;
    }
  }

  private boolean hasNothingToAdopt() {
    return ending.failure().filter(f -> f.type() == FailureType.NOTHING_TO_ADOPT).isPresent();
  }
}
