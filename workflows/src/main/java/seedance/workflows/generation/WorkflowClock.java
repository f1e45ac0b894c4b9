package seedance.workflows.generation;

import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;

/** Time as workflow code may know it: the same on every replay. */
public final class WorkflowClock {
  static final Duration NEVER = Duration.ofDays(10_000);

  private WorkflowClock() {}

  /** The workflow's time. */
  public static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
