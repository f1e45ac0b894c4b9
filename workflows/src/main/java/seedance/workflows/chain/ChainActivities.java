package seedance.workflows.chain;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import seedance.workflows.generation.Timeline;

/** Stubs of a chain's own activities; every timeout and retry is here, with its reason. */
public final class ChainActivities {
  private ChainActivities() {}

  /** Checking is pure: a few quick attempts outlive a worker's death, more would hide a bug. */
  public static ValidateChainActivity validate(String summary) {
    return Workflow.newActivityStub(
        ValidateChainActivity.class,
        ActivityOptions.newBuilder()
            .setSummary(Timeline.label(summary))
            .setStartToCloseTimeout(Duration.ofSeconds(30))
            .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(5).build())
            .build());
  }

  /** Reading and hashing what the store has, on a slow disk too; see {@link #join}. */
  public static FindGenerationActivity find(String step) {
    return Workflow.newActivityStub(
        FindGenerationActivity.class,
        ActivityOptions.newBuilder()
            .setSummary("Find " + step)
            .setStartToCloseTimeout(Duration.ofMinutes(10))
            .setHeartbeatTimeout(Duration.ofSeconds(15))
            .setRetryOptions(patient())
            .build());
  }

  /**
   * Encoding anew may take as long as the film and longer; a dead worker is replaced after 15 s. A
   * chain whose clips are all there does not wait for its film for ever.
   */
  public static JoinActivity join() {
    return Workflow.newActivityStub(
        JoinActivity.class,
        ActivityOptions.newBuilder()
            .setSummary("Join the film")
            .setStartToCloseTimeout(Duration.ofHours(2))
            .setScheduleToCloseTimeout(Duration.ofHours(6))
            .setHeartbeatTimeout(Duration.ofSeconds(15))
            .setRetryOptions(patient())
            .build());
  }

  /** The lineage is the last thing that is written, and is written until it is there. */
  public static StoreChainActivity store() {
    return Workflow.newActivityStub(
        StoreChainActivity.class,
        ActivityOptions.newBuilder()
            .setSummary("Write the chain's manifest")
            .setStartToCloseTimeout(Duration.ofMinutes(1))
            .setRetryOptions(patient())
            .build());
  }

  private static RetryOptions patient() {
    return RetryOptions.newBuilder()
        .setInitialInterval(Duration.ofSeconds(1))
        .setBackoffCoefficient(2)
        .setMaximumInterval(Duration.ofMinutes(1))
        .build();
  }
}
