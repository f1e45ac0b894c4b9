package seedance.workflows.generation;

import io.temporal.common.converter.RawValue;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * {@link VideoGenerationWorkflow} as a worker registers it: it takes its arguments unread. With any
 * other type, an argument that is no JSON (bytes from a client that did not parse its file, say)
 * breaks in the SDK, before us: the workflow hangs, or fails with a message that quotes the prompt.
 */
@WorkflowInterface
public interface UnreadVideoGeneration extends UnreadGenerationMessages {

  /** Reads both arguments, then generates. */
  @WorkflowMethod(name = VideoGenerationWorkflow.TYPE)
  GenerationResult generate(@Nullable RawValue request, @Nullable RawValue options);
}
