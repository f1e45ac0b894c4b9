package seedance.workflows.generation;

import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;

/** Time as workflow code may know it: the same on every replay. */
final class WorkflowClock {
  private WorkflowClock() {}

  static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  /**
   * Waits on a durable timer, whose label on the timeline is {@code Running, next look in 9 s}.
   *
   * @param until what is known and what comes next, such as {@code Running, next look}
   */
  static void pause(Duration duration, String until) {
    String summary = "%s in %s".formatted(until, TimelineWords.of(duration));
    Workflow.newTimer(duration, TimerOptions.newBuilder().setSummary(summary).build()).get();
  }
}
