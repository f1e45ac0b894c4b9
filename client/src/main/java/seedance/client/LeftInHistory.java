package seedance.client;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a run of a generation left behind by its history, and by those of the runs before it. None
 * of it throws for what a history or a server says: then nothing is known.
 */
final class LeftInHistory {
  /** Of one generation; each but the first is one that was reset or tried again. */
  static final int MOST_RUNS = 10;

  private LeftInHistory() {}

  static LeftBehind of(WorkflowExecution run, WorkflowClient workflows) {
    try {
      return read(run, workflows);
    } catch (RuntimeException goneOrNotAnswered) {
      return new LeftBehind.NotKnown();
    }
  }

  private static LeftBehind read(WorkflowExecution run, WorkflowClient workflows) {
    Set<String> read = new LinkedHashSet<>();
    String runId = run.getRunId();
    while (read.size() < MOST_RUNS && read.add(runId)) {
      TaskTrace trace =
          new TaskTrace(
              new HistoryJson(workflows.getOptions().getDataConverter()),
              workflows.getOptions().getNamespace(),
              run.getWorkflowId());
      RunHistory.read(
          workflows, run.toBuilder().setRunId(runId).build(), event -> trace.accept(event));
      LeftBehind left = trace.leftBehind();
      if (!(left instanceof LeftBehind.Nothing)) {
        return left;
      } else if (trace.earlierRunId().isEmpty()) {
        return RunOrigin.wasReset(run, workflows) ? new LeftBehind.NotKnown() : left;
      }
      runId = trace.earlierRunId().get();
    }
    return new LeftBehind.NotKnown();
  }
}
