package seedance.worker.chaos;

import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides as a careful operator does who has the service's books: adopts the task that a
 * generation's prompt made, and sends again where it made none.
 */
final class Operator {
  private static final String WAITS_FOR_A_DECISION = "decide";

  private final TaskLog tasks;
  private final Incidents incidents;
  private final Set<String> answered = ConcurrentHashMap.newKeySet();

  Operator(TaskLog tasks, Incidents incidents) {
    this.tasks = tasks;
    this.incidents = incidents;
  }

  /**
   * Decides if the workflow waits for that; where it cannot be reached now, later will do.
   *
   * @return where the workflow stood
   */
  String attend(WorkflowStub workflow, int generation) {
    try {
      String stage = String.valueOf(workflow.query("progress", Map.class).get("stage"));
      if (!WAITS_FOR_A_DECISION.equals(stage)) {
        return "at stage " + stage;
      }
      List<String> made = tasks.tasksOf(generation);
      Map<String, Object> decision =
          made.isEmpty() ? Map.of("resubmit", true) : Map.of("adopt", made.get(made.size() - 1));
      workflow.update("resolveSubmission", Map.class, decision);
      String kind = made.isEmpty() ? "resubmit" : "adopt";
      if (answered.add(workflow.getExecution().getWorkflowId() + kind + made)) {
        incidents.count("asked", kind);
      }
      return "decided: " + kind;
    } catch (WorkflowException unreachable) {
      // The server or every worker is away, or the question was answered meanwhile.
      return "out of reach: " + unreachable;
    }
  }
}
