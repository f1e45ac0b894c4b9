package seedance.workflows.generation;

import io.temporal.common.converter.RawValue;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * A generation that goes on in another run, before the history of the last one is full. It is no
 * {@code VideoGeneration} with one more argument: a worker of the version before would not read
 * that, submit again, and so make a second bill. This type it does not know, and leaves it to
 * another worker.
 */
@WorkflowInterface
public interface ContinuedVideoGeneration extends UnreadGenerationMessages {

  /** The workflow type. Nobody starts it but a run of a generation. */
  String TYPE = "VideoGenerationContinued";

  /**
   * Goes on where the run before stopped.
   *
   * @param request as the first run got it
   * @param options as the first run got them
   * @param continuation how far the generation is; of a start by a client it is not believed
   */
  @WorkflowMethod(name = TYPE)
  GenerationResult goOn(
      @Nullable RawValue request, @Nullable RawValue options, @Nullable RawValue continuation);
}
