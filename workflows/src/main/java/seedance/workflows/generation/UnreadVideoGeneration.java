package seedance.workflows.generation;

import static seedance.workflows.request.UnreadArgument.json;

import io.temporal.common.converter.RawValue;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * {@link VideoGenerationWorkflow} as a worker registers it: it takes its arguments unread. With any
 * other type, an argument that is no JSON (bytes from a client that did not parse its file, say)
 * breaks in the SDK, before us: the workflow hangs, or fails with a message that quotes the prompt.
 */
@WorkflowInterface
public interface UnreadVideoGeneration {

  /** Reads both arguments, then generates. */
  @WorkflowMethod(name = VideoGenerationWorkflow.TYPE)
  GenerationResult generate(RawValue request, RawValue options);

  /** Where the generation stands. */
  @QueryMethod(name = "progress")
  Progress progress();

  /** Reads the decision, then follows it. */
  @UpdateMethod(name = "resolveSubmission")
  Progress resolveSubmission(RawValue decision);

  /** Reads the decision, then checks it. */
  @UpdateValidatorMethod(updateName = "resolveSubmission")
  void checkDecision(RawValue decision);

  /** The service called back. */
  @SignalMethod(name = "callbackReceived")
  void callbackReceived();

  /** Reads the arguments, and leaves the rest to {@link VideoGenerationWorkflowImpl}. */
  final class Impl implements UnreadVideoGeneration {
    private final VideoGenerationWorkflow read = new VideoGenerationWorkflowImpl();

    @Override
    public GenerationResult generate(RawValue request, RawValue options) {
      return read.generate(json(request), json(options));
    }

    @Override
    public Progress progress() {
      return read.progress();
    }

    @Override
    public Progress resolveSubmission(RawValue decision) {
      return read.resolveSubmission(json(decision));
    }

    @Override
    public void checkDecision(RawValue decision) {
      read.checkDecision(json(decision));
    }

    @Override
    public void callbackReceived() {
      read.callbackReceived();
    }
  }
}
