package seedance.workflows.generation;

import static seedance.workflows.request.UnreadArgument.json;

import io.temporal.common.converter.RawValue;

/** Reads the messages, and leaves the rest to {@link VideoGenerationWorkflowImpl}. */
abstract class ReadGenerationMessages implements UnreadGenerationMessages {
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
    workflow.checkDecision(json(decision));
  }

  @Override
  public void callbackReceived() {
    workflow.callbackReceived();
  }
}
