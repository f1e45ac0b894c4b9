package seedance.workflows.generation;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import seedance.workflows.request.AnyJson;

/**
 * One Seedance video generation: validate → submit → await → hand off.
 *
 * <p>Started by any Temporal client with the service's own JSON body: {@code temporal workflow
 * start --type VideoGeneration --task-queue seedance --input-file body.json}.
 */
@WorkflowInterface
public interface VideoGenerationWorkflow {

  /** The workflow type. */
  String TYPE = "VideoGeneration";

  /** The task queue that a worker of ours polls unless it is told otherwise. */
  String DEFAULT_TASK_QUEUE = "seedance";

  /**
   * The memo of a cancelled workflow that holds its {@link GenerationFailure}: whether a task goes
   * on at the service, and is charged. Once a cancel was asked for, the Java SDK closes a workflow
   * as cancelled, without result and without details, whatever it returns or throws.
   */
  String ENDING_MEMO = "ending";

  /**
   * The memo of a cancelled workflow that holds its {@link GenerationResult}, where the cancel came
   * too late and the clip is stored.
   */
  String RESULT_MEMO = "result";

  /**
   * Generates one video and stores it.
   *
   * @param request the service's create body, unchanged: {@code model}, {@code content[]}, …
   * @param options what concerns the run and not the video (see the README); null or absent for the
   *     defaults
   * @return what was made, where it is stored and what it cost
   * @throws io.temporal.failure.ApplicationFailure of a type that {@link FailureType} lists, with a
   *     {@link GenerationFailure} as its detail
   * @throws io.temporal.failure.CanceledFailure when the workflow was cancelled; what became of its
   *     task is in the memo {@link #ENDING_MEMO}
   */
  @WorkflowMethod(name = TYPE)
  GenerationResult generate(AnyJson request, AnyJson options);

  /** Where the generation stands. */
  @QueryMethod(name = "progress")
  Progress progress();
}
