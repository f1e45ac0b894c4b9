package seedance.workflows.generation;

import io.temporal.workflow.ContinueAsNewOptions;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.json.Json;
import seedance.workflows.request.InlineMedia;

/** One run of a generation: what it goes by, and the way into the next. */
final class GenerationRun {
  private final Json request;
  private final Json options;
  private final Continuation from;
  private final GenerationState state;
  private final Endings endings;

  GenerationRun(
      Json request, Json options, Continuation from, GenerationState state, Endings endings) {
    this.request = request;
    this.options = options;
    this.from = from;
    this.state = state;
    this.endings = endings;
  }

  GenerationPlan plan() {
    return from.plan();
  }

  /** As in {@link Validation.Valid}. */
  @Nullable String storedRequest() {
    return from.storedRequest();
  }

  /** When {@code options.deadline} ends its waiting; far away where there is none. */
  Instant deadline() {
    return from.startedAt().plus(plan().options().deadline().orElse(WorkflowClock.NEVER));
  }

  /** Id and marker are made here, so that they stand in history before anything is sent. */
  Submission submission(Position.Submitting at) {
    return Submission.of(submissionName(at.resubmissions()), request, plan(), at.attempt());
  }

  /**
   * The same until a task may exist: what surely made none needs no new one. And the same again
   * after a reset of the workflow to before the submission, so that the receipt of its task is
   * found instead of another task made. A run id is random, and so is its hash.
   */
  private SubmissionName submissionName(int resubmissions) {
    return new SubmissionName(from.submissionName(), ParentMemo.resubmissions() + resubmissions);
  }

  /**
   * What is to be stored; the body itself only where the store does not have it, and in short where
   * each attempt would put it into a history that cannot go on in another run.
   */
  HandOffRequest handOff(Position.HandingOff at) {
    HandOffRequest whole = whole(at);
    return endings.isCancelRequested() && HistoryBudget.isUsed() ? whole.inShort() : whole;
  }

  private HandOffRequest whole(Position.HandingOff at) {
    return new HandOffRequest(
        at.task().taskId(),
        from.storedRequest() == null ? InlineMedia.without(request) : null,
        from.storedRequest(),
        plan().model(),
        plan().resolution(),
        plan().seconds(),
        at.outcome(),
        UsageCost.of(at.outcome(), plan()),
        at.task().acceptedAt(),
        at.noticedAt(),
        at.attempt(),
        at.missingSince(),
        from.madeFor(),
        plan().group(),
        at.sightings());
  }

  /**
   * Goes on in another run where this one's history is spent. Returns where it is not, and where a
   * cancel came first: the SDK closes a run that is being cancelled as cancelled, whatever it is
   * told.
   *
   * @param turn names the turn of the loop that asks, which must be in the workflow's own method
   */
  void continueIfSpent(String turn, Position at) {
    continueIfSpent(turn, at, () -> false);
  }

  /**
   * @param isOvertaken whether a handler, whose end is waited for, has meanwhile made it pointless
   */
  void continueIfSpent(String turn, Position at, BooleanSupplier isOvertaken) {
    if (!endings.isCancelRequested() && HistoryBudget.isSpent(turn)) {
      continueAsNew(at, isOvertaken);
    }
  }

  /** Like {@link #continueIfSpent(String, Position)}, however little of the history is used. */
  void continueAsNew(Position at) {
    continueAsNew(at, () -> false);
  }

  private void continueAsNew(Position at, BooleanSupplier isOvertaken) {
    Workflow.await(Workflow::isEveryHandlerFinished);
    if (!endings.isCancelRequested() && !isOvertaken.getAsBoolean()) {
      Workflow.continueAsNew(
          ContinuedVideoGeneration.TYPE,
          ContinueAsNewOptions.newBuilder().setMemo(memo()).build(),
          request,
          options,
          from.at(state.progress(), at, state.earlier()));
    }
  }

  /** Neither the SDK nor the server takes a memo into the next run. */
  private Map<String, Object> memo() {
    Map<String, Object> memo = new HashMap<>();
    memo.put(VideoGenerationWorkflow.STARTED_AT_MEMO, from.startedAt().toString());
    if (from.madeFor() != null) {
      memo.put(VideoGenerationWorkflow.SUBMISSION_MEMO, from.madeFor());
    }
    if (ParentMemo.resubmissions() > 0) {
      memo.put(VideoGenerationWorkflow.RESUBMISSIONS_MEMO, ParentMemo.resubmissions());
    }
    Progress progress = state.progress();
    if (progress.stage() == Stage.DECIDE) {
      memo.put(VideoGenerationWorkflow.NEEDS_DECISION_MEMO, progress.openSubmission().inShort());
    }
    return memo;
  }
}
