package seedance.workflows.generation;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.Json;
import seedance.workflows.request.Request;

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

  /** The type of a generation's first run, and that of its later ones. */
  List<String> TYPES = List.of(TYPE, ContinuedVideoGeneration.TYPE);

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
   * The memo of a running workflow that waits for someone's decision, about an unknown submission
   * or a step of a chain: what is known, in words. Absent while it does not wait.
   */
  String NEEDS_DECISION_MEMO = "needsDecision";

  /**
   * The memo's name for what a child's submission is known by: children of one name take one task,
   * and never make two. A chain sets it for its steps; a child without it is known by its own run.
   */
  String SUBMISSION_MEMO = "submission";

  /**
   * The memo's name for how often such a child has submitted again in the runs before this one, as
   * its submissions are numbered over all of them.
   */
  String RESUBMISSIONS_MEMO = "resubmissions";

  /**
   * The memo's name for whether a child's submission may have been sent before this child: then it
   * may be charged, whatever becomes of this one. Absent where it was not.
   */
  String SUBMITTED_BEFORE_MEMO = "submittedBefore";

  /** The memo of a later run that says when the first began, as ISO-8601 text. */
  String STARTED_AT_MEMO = "startedAt";

  /**
   * Generates one video and stores it.
   *
   * @param request the service's create body, unchanged: {@code model}, {@code content[]}, …; null
   *     only where the options adopt a task
   * @param options what concerns the run and not the video; null for the defaults
   * @return what was made, where it is stored and what it cost
   * @throws io.temporal.failure.ApplicationFailure of a type that {@link FailureType} lists, with a
   *     {@link GenerationFailure} as its detail
   * @throws io.temporal.failure.CanceledFailure when the workflow was cancelled; what became of its
   *     task is in the memo {@link #ENDING_MEMO}
   */
  @WorkflowMethod(name = TYPE)
  GenerationResult generate(@Nullable Request request, @Nullable GenerationOptions options);

  /** Where the generation stands. */
  @QueryMethod(name = "progress")
  Progress progress();

  /**
   * Decides about a submission whose answer was lost, while {@code progress} says {@code "stage":
   * "decide"}, or {@code "reconcile"} except for a resubmission. A task to adopt is asked for at
   * the service first.
   *
   * @param decision {@code {"adopt":"cgt-…"}}, {@code {"resubmit":true}} or {@code
   *     {"fail":"reason"}}: a {@link SubmissionDecision}
   * @return where the generation stands
   * @throws io.temporal.failure.ApplicationFailure of type {@code DecisionRefused}, with the
   *     reason: the task to adopt does not exist or is another workflow's. Where no decision is
   *     waited for, or it cannot be read, the update is rejected with the reason and leaves nothing
   *     in the history; the Java SDK gives that failure a type of its own
   */
  @UpdateMethod(name = "resolveSubmission")
  Progress resolveSubmission(Json decision);

  /**
   * Says that the service called back about this generation. Only a hint, as callbacks are not
   * signed: the task is looked for at once instead of later.
   */
  @SignalMethod(name = "callbackReceived")
  void callbackReceived();
}
