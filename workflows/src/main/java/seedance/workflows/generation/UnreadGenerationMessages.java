package seedance.workflows.generation;

import io.temporal.common.converter.RawValue;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import org.jspecify.annotations.Nullable;

/** The messages of {@link VideoGenerationWorkflow} as every run of one takes them: unread. */
public interface UnreadGenerationMessages {

  /** Where the generation stands. */
  @QueryMethod(name = "progress")
  Progress progress();

  /** Reads the decision, then follows it. */
  @UpdateMethod(name = "resolveSubmission")
  Progress resolveSubmission(@Nullable RawValue decision);

  /** Reads the decision, then checks it. */
  @UpdateValidatorMethod(updateName = "resolveSubmission")
  void checkDecision(@Nullable RawValue decision);

  /** The service called back. */
  @SignalMethod(name = "callbackReceived")
  void callbackReceived();
}
