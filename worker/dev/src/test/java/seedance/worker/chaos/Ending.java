package seedance.worker.chaos;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import java.util.Optional;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.VideoGenerationWorkflow;

/**
 * How a generation ended.
 *
 * @param result empty unless its clip was stored
 * @param lastWords of one that was cancelled on purpose: what became of its task; else empty
 * @param inWords what became of the workflow
 * @param mayBeWithout whether it was cancelled on purpose
 */
record Ending(
    int generation,
    String workflowId,
    Optional<GenerationResult> result,
    Optional<GenerationFailure> lastWords,
    boolean mayBeWithout,
    String inWords) {

  /** It has its clip. */
  static Ending completed(Load.Numbered generation, GenerationResult result) {
    return new Ending(
        generation.number(),
        generation.workflowId(),
        Optional.of(result),
        Optional.empty(),
        false,
        "completed with task " + result.taskId());
  }

  /** It should have its clip, and has not. */
  static Ending without(Load.Numbered generation, String inWords) {
    return new Ending(
        generation.number(),
        generation.workflowId(),
        Optional.empty(),
        Optional.empty(),
        false,
        inWords);
  }

  /** It was cancelled with its chain; what it says itself is taken from there. */
  static Ending cancelled(Load.Numbered generation, WorkflowStub workflow) {
    Optional<GenerationResult> result = Optional.empty();
    Optional<GenerationFailure> lastWords = Optional.empty();
    String inWords;
    try {
      WorkflowExecutionDescription description = workflow.describe();
      inWords = "cancelled with its chain, which left it " + description.getStatus();
      if (description.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED) {
        result = Optional.of(workflow.getResult(GenerationResult.class));
      } else {
        result = memo(description, VideoGenerationWorkflow.RESULT_MEMO, GenerationResult.class);
        lastWords = memo(description, VideoGenerationWorkflow.ENDING_MEMO, GenerationFailure.class);
      }
    } catch (WorkflowNotFoundException neverStarted) {
      inWords = "never started, as its chain was cancelled";
    }
    return new Ending(
        generation.number(), generation.workflowId(), result, lastWords, true, inWords);
  }

  private static <T> Optional<T> memo(
      WorkflowExecutionDescription description, String name, Class<T> type) {
    return Optional.ofNullable(type.cast(description.getMemo(name, type)));
  }
}
