package seedance.workflows.generation;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * Stubs of the single activities with the options that each needs, for workflow code: ours, and
 * that of anyone who composes the activities differently. Every timeout and retry is here, with its
 * reason.
 *
 * <p>Each {@code summary} is what the Temporal UI shows on the timeline: keep prompts, URLs and
 * keys out of it. Activities run on the calling workflow's task queue.
 */
public final class GenerationActivities {
  private GenerationActivities() {}

  /** Checking is pure: a few quick attempts outlive a worker's death, more would hide a bug. */
  public static ValidateActivity validate(String summary) {
    return Workflow.newActivityStub(
        ValidateActivity.class,
        options(summary)
            .setStartToCloseTimeout(Duration.ofSeconds(30))
            .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(5).build())
            .build());
  }

  /**
   * One attempt, as a second one may be a second bill; whoever calls it decides by the {@link
   * SubmitOutcome} whether to send again. It outlasts the worker's own timeout for the call (75 s),
   * so that the call's outcome is known wherever the worker lives; that a worker died is known
   * after 15 s, as it heartbeats. A cancel waits for the outcome, so that no task is orphaned.
   */
  public static SubmitActivity submit(String summary) {
    return Workflow.newActivityStub(
        SubmitActivity.class,
        options(summary)
            .setStartToCloseTimeout(Duration.ofSeconds(90))
            .setHeartbeatTimeout(Duration.ofSeconds(15))
            .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
            .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
            .build());
  }

  /** Looking for a lost submission is free: a long list is given up before two minutes are over. */
  public static ReconcileActivity reconcile(String summary) {
    return Workflow.newActivityStub(
        ReconcileActivity.class,
        options(summary)
            .setStartToCloseTimeout(Duration.ofMinutes(2))
            .setRetryOptions(patient(Duration.ofMinutes(1)))
            .build());
  }

  /**
   * One look and one note in the store; where the service says "no such task", more looks for a
   * minute or two. A few attempts outlive a worker's death, which is known after 15 s, as it
   * heartbeats; that the service does not answer is an {@link Adoption} of its own.
   */
  public static AdoptActivity adopt(String summary) {
    return Workflow.newActivityStub(
        AdoptActivity.class,
        options(summary)
            .setStartToCloseTimeout(Duration.ofMinutes(4))
            .setHeartbeatTimeout(Duration.ofSeconds(15))
            .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(5).build())
            .build());
  }

  /**
   * A look, a delete and a look. Repeating them is safe, as each attempt deletes only what it has
   * just seen queued.
   */
  public static CancelActivity cancel(String summary) {
    return Workflow.newActivityStub(
        CancelActivity.class,
        options(summary)
            .setStartToCloseTimeout(Duration.ofMinutes(3))
            .setRetryOptions(patient(Duration.ofMinutes(1)))
            .build());
  }

  /**
   * A look is free and repeats nothing, so it is retried for ever: only the service's verdict ends
   * the wait. A minute covers the slowest look (50 s); the wait between retries stays under one.
   */
  public static LookActivity look(String summary) {
    return Workflow.newActivityStub(
        LookActivity.class,
        options(summary)
            .setStartToCloseTimeout(Duration.ofMinutes(1))
            .setRetryOptions(patient(Duration.ofMinutes(1)))
            .build());
  }

  /**
   * The clip is paid for, so storing it is retried for ever. It heartbeats while bytes flow: a
   * worker that died is replaced after 15 s, while a slow line may take its two hours.
   */
  public static HandOffActivity handOff(String summary) {
    return Workflow.newActivityStub(
        HandOffActivity.class,
        options(summary)
            .setStartToCloseTimeout(Duration.ofHours(2))
            .setHeartbeatTimeout(Duration.ofSeconds(15))
            .setRetryOptions(patient(Duration.ofMinutes(2)))
            .build());
  }

  private static RetryOptions patient(Duration longestWait) {
    return RetryOptions.newBuilder()
        .setInitialInterval(Duration.ofSeconds(1))
        .setBackoffCoefficient(2)
        .setMaximumInterval(longestWait)
        .build();
  }

  private static ActivityOptions.Builder options(String summary) {
    return ActivityOptions.newBuilder().setSummary(Timeline.label(summary));
  }
}
