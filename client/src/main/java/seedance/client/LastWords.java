package seedance.client;

import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.common.converter.DataConverterException;
import java.util.Optional;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.VideoGenerationWorkflow;

/** What a cancelled workflow left in its memo, as it can carry neither result nor failure. */
final class LastWords {
  private LastWords() {}

  static Optional<GenerationResult> result(WorkflowExecutionMetadata run) {
    return memo(run, VideoGenerationWorkflow.RESULT_MEMO, GenerationResult.class);
  }

  static Optional<GenerationFailure> ending(WorkflowExecutionMetadata run) {
    return memo(run, VideoGenerationWorkflow.ENDING_MEMO, GenerationFailure.class);
  }

  /** Empty too where someone else's is in its place. */
  static <T> Optional<T> memo(WorkflowExecutionMetadata run, String key, Class<T> type) {
    try {
      return Optional.ofNullable(run.getMemo(key, type, type));
    } catch (DataConverterException notOurs) {
      return Optional.empty();
    }
  }
}
