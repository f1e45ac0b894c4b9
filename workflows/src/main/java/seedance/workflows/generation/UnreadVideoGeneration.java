package seedance.workflows.generation;

import static seedance.workflows.request.UnreadArgument.json;

import io.temporal.common.converter.RawValue;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * {@link VideoGenerationWorkflow} as a worker registers it: it takes its arguments unread. With any
 * other type, an argument that is no JSON (bytes from a client that did not parse its file, say)
 * breaks in the SDK, before us: the workflow hangs, or fails with a message that quotes the prompt.
 */
@WorkflowInterface
public interface UnreadVideoGeneration extends UnreadGenerationMessages {

  /** Reads both arguments, then generates. */
  @WorkflowMethod(name = VideoGenerationWorkflow.TYPE)
  GenerationResult generate(RawValue request, RawValue options);

  /** Reads the arguments, and leaves the rest to {@link VideoGenerationWorkflowImpl}. */
  final class Impl extends ReadGenerationMessages implements UnreadVideoGeneration {
    @Override
    public GenerationResult generate(RawValue request, RawValue options) {
      return workflow.generate(json(request), json(options));
    }
  }
}
