package seedance.workflows.generation;

import io.temporal.workflow.Workflow;

/**
 * Tells the runs of this version from those that an earlier one began, and that have to replay as
 * they went. The SDK's {@code getVersion}, with two versions: without a change and with it.
 */
public final class Patched {
  private Patched() {}

  /**
   * Whether a change of the workflow's code holds in this run. The first answer is an event of the
   * history where it is yes, and holds for the rest of the run.
   *
   * @param change its name, which never changes
   */
  public static boolean by(String change) {
    return Workflow.getVersion(change, Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION;
  }
}
