package seedance.workflows.chain;

import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.ChildWorkflowStub;
import io.temporal.workflow.Workflow;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import seedance.workflows.chain.StepOutcome.Clip;
import seedance.workflows.chain.StepOutcome.NotMade;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.Timeline;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.request.InlineMedia;

/** Makes a step by a child {@code VideoGeneration}. */
final class StepChild {
  private final RunningChain chain;
  private final StepSubmissions submissions = new StepSubmissions();

  StepChild(RunningChain chain) {
    this.chain = chain;
  }

  /** Runs the child to its end; empty where its workflow id is in use. */
  Optional<StepOutcome> run(StepInput input) {
    try {
      GenerationResult result =
          stub(input, submissions.name(input))
              .execute(
                  GenerationResult.class, input.request(), chain.options().generation().json());
      return Optional.of(new Clip(input.generation(), result));
    } catch (ChildWorkflowFailure failure) {
      return failure.getCause() instanceof WorkflowExecutionAlreadyStarted
          ? Optional.empty()
          : Optional.of(ended(input, failure));
    }
  }

  /** What this chain made of a step and stored, in whichever of its runs, from any request. */
  static FoundGeneration inStore(StepInput input) {
    return inStore(input, StepInput.chainRun());
  }

  private static FoundGeneration inStore(StepInput input, @Nullable String chainRun) {
    return ChainActivities.find(input.step())
        .find(
            new FindRequest(
                input.generation(), InlineMedia.without(input.request()), null, chainRun));
  }

  private ChildWorkflowStub stub(StepInput input, String submission) {
    Map<String, Object> memo = new HashMap<>();
    memo.put(VideoGenerationWorkflow.SUBMISSION_MEMO, submission);
    if (submissions.begins(submission)) {
      memo.put(VideoGenerationWorkflow.SUBMITTED_BEFORE_MEMO, true);
    }
    return Workflow.newUntypedChildWorkflowStub(
        VideoGenerationWorkflow.TYPE,
        ChildWorkflowOptions.newBuilder()
            .setWorkflowId(input.generation())
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY)
            .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
            .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
            .setMemo(memo)
            .setStaticSummary(Timeline.label(input.step() + ": " + input.plan().summary()))
            .build());
  }

  private StepOutcome ended(StepInput input, ChildWorkflowFailure failure) {
    NotMade notMade = notMade(input.step(), failure);
    if (!notMade.leavesItsTask()) {
      submissions.end(input.step());
    }
    boolean wasEndedAlone =
        notMade.failure().isEmpty() && !CancellationScope.current().isCancelRequested();
    // An attempt before it, with another request, may have stored its clip after its own end.
    return wasEndedAlone && inStore(input, null) instanceof FoundGeneration.Stored stored
        // It was cancelled, and collected its clip first.
        ? new Clip(input.generation(), stored.result())
        : notMade;
  }

  private NotMade notMade(String step, ChildWorkflowFailure failure) {
    if (failure.getCause() instanceof ApplicationFailure named
        && named.getDetails().getSize() > 0) {
      Optional<GenerationFailure> detail = detail(named);
      return new NotMade(
          detail,
          detail.map(GenerationFailure::charged).orElse(Charged.MAYBE),
          detail.filter(why -> submissions.isEndedBy(why, chain.step(step))).isEmpty(),
          named.getOriginalMessage());
    }
    return new NotMade(
        Optional.empty(),
        Charged.MAYBE,
        true,
        failure.getCause() instanceof CanceledFailure
            ? "its generation was cancelled, which says itself what became of its task"
            : "its generation ended without a failure of ours: it was terminated or timed out");
  }

  /** Of a generation that another worker's code ended, perhaps, in a form that this cannot read. */
  private static Optional<GenerationFailure> detail(ApplicationFailure named) {
    try {
      return Optional.ofNullable(named.getDetails().get(0, GenerationFailure.class));
    } catch (DataConverterException unreadable) {
      return Optional.empty();
    }
  }
}
