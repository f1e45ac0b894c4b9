package seedance.workflows.generation;

import static seedance.workflows.request.UnreadArgument.isLong;
import static seedance.workflows.request.UnreadArgument.json;

import io.temporal.common.converter.RawValue;
import java.util.List;
import seedance.workflows.request.Violation;

/** Reads the messages, and leaves the rest to {@link VideoGenerationWorkflowImpl}. */
abstract class ReadGenerationMessages implements UnreadGenerationMessages {
  private static final Violation TOO_LONG =
      new Violation("$", "is over 16 KiB, more than a decision needs");

  final VideoGenerationWorkflowImpl workflow = new VideoGenerationWorkflowImpl();

  @Override
  public Progress progress() {
    return workflow.progress();
  }

  @Override
  public Progress resolveSubmission(RawValue decision) {
    return workflow.resolveSubmission(json(decision));
  }

  @Override
  public void checkDecision(RawValue decision) {
    requireShort(decision);
    workflow.checkDecision(json(decision));
  }

  static void requireShort(RawValue decision) {
    if (isLong(decision)) {
      throw GenerationFailure.refusedDecision(List.of(TOO_LONG)).toApplicationFailure();
    }
  }

  @Override
  public void callbackReceived() {
    workflow.callbackReceived();
  }
}
