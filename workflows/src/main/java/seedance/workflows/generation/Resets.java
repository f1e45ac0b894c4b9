package seedance.workflows.generation;

import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;

/** Tells the run of a reset, which knows nothing of what the run before it did after that point. */
public final class Resets {
  private Resets() {}

  /**
   * Whether this run is that of a reset. Of a continued run both ids are its own, of the run of a
   * reset the second is that of the run which was reset.
   */
  public static boolean madeThisRun() {
    WorkflowInfo run = Workflow.getInfo();
    return !run.getRunId().equals(run.getOriginalExecutionRunId());
  }
}
