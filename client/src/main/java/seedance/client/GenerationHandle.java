package seedance.client;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.Progress;
import seedance.workflows.generation.SubmissionDecision;

/** One generation, running or ended, whoever started it. Safe for use by several threads. */
public final class GenerationHandle extends WorkflowHandle<Progress, GenerationResult> {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final WorkflowClient workflows;

  /**
   * @param workflows reads the history of one that ended without last words
   */
  GenerationHandle(WorkflowStub workflow, boolean isNew, WorkflowClient workflows) {
    super(workflow, Progress.class, GenerationResult.class, isNew);
    this.workflows = Objects.requireNonNull(workflows, "workflows");
  }

  /**
   * Decides about a submission whose answer was lost, while {@link #progress()} is at the stage
   * {@code decide}; or at {@code reconcile}, except for a resubmission. A worker takes the
   * decision, so ten seconds are waited for one to answer a question, as {@link #progress()} does,
   * and ten for it to take the decision; taking over a task then waits for the service's word on
   * it, a few minutes at most.
   *
   * @return where the generation stands when the decision was taken
   * @throws DecisionRefusedException if it was not taken, with the reason
   * @throws NoWorkerAnswersException if no worker answered the question; nothing was sent
   * @throws DecisionUnansweredException if it was sent and not answered: the next worker may carry
   *     it out, and another decision after it comes too late
   * @throws WorkflowNotFoundException if there is no such workflow, or it has ended
   */
  public Progress resolve(SubmissionDecision decision) {
    return update("resolveSubmission", decision.json());
  }

  /**
   * How it ended without a clip; empty where it runs yet, or its clip is stored.
   *
   * @throws WorkflowNotFoundException if there is no such workflow
   */
  Optional<GenerationFailedException> failure() {
    if (!isOver()) {
      return Optional.empty();
    }
    try {
      result();
      return Optional.empty();
    } catch (GenerationFailedException ending) {
      return Optional.of(ending);
    }
  }

  @Override
  GenerationResult lastWords(WorkflowFailedException failed) {
    if (failed.getCause() instanceof CanceledFailure) {
      WorkflowExecutionDescription run = workflow().describe();
      Optional<GenerationResult> result = LastWords.result(run);
      if (result.isPresent()) {
        return result.get();
      }
      Optional<GenerationFailure> ending = LastWords.ending(run);
      if (ending.isPresent()) {
        throw GenerationFailedException.cancelled(failed, ending.get());
      }
    }
    throw GenerationFailedException.of(failed, workflows);
  }

  /**
   * Asks for cancellation and returns at once. A queued task is cancelled at the service; one that
   * runs goes on there and is charged, and {@code options.onCancel} says whether its clip is stored
   * all the same. The end, which {@link #result()} waits for, says what it was.
   *
   * @throws WorkflowNotFoundException if there is no such workflow, or it has ended
   */
  @Override
  public void cancel() {
    super.cancel();
  }

  /**
   * Waits for the end and tells {@code listener}, on the calling thread, each time the generation
   * stands elsewhere, its end included. An interrupt ends the following, not the generation.
   *
   * @throws GenerationFailedException if it ended without a result
   * @throws WorkflowNotFoundException if there is no such workflow
   * @throws InterruptedException if the calling thread is interrupted
   */
  public GenerationResult follow(FollowListener<? super Progress> listener)
      throws InterruptedException {
    return follow(this::ask, listener, GenerationHandle::pauseAfter);
  }

  /** Nothing changes before the next look, so a long wait asks seldom. */
  static Duration pauseAfter(Progress progress) {
    if (progress.nextLookAt() == null) {
      return Following.SHORTEST_PAUSE;
    }
    Duration untilLook = Duration.between(Instant.now(), progress.nextLookAt());
    if (untilLook.compareTo(Following.SHORTEST_PAUSE) < 0) {
      return Following.SHORTEST_PAUSE;
    }
    return untilLook.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : untilLook;
  }
}
