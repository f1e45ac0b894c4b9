package seedance.client.cli;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import seedance.client.EndedRuns;
import seedance.client.LeftBehind;
import seedance.workflows.chain.VideoChainWorkflow;

/**
 * What the runs of a list left behind. Only the histories of those are read that ended without last
 * words, and no more than so many a list.
 */
final class LeftInList {
  private static final int MOST_GENERATIONS = 200;

  private final Cli cli;
  private final EndedRuns ended;
  private int generations;

  LeftInList(Cli cli, WorkflowClient workflows) {
    this.cli = cli;
    this.ended = new EndedRuns(workflows);
  }

  /** As {@code show --json} has it; null where its last words say all, or it has not ended. */
  @Nullable JsonObject of(WorkflowExecutionMetadata run) {
    String id = run.getExecution().getWorkflowId();
    if (!ended.hadNoLastWords(run)) {
      return ended.byItsLastWords(run).map(left -> Remains.json(cli, id, left)).orElse(null);
    }
    if (generations >= MOST_GENERATIONS) {
      return new JsonObject()
          .with("what", "notRead")
          .with("commands", List.of(cli.commandOn(id, "show")));
    }
    if (VideoChainWorkflow.TYPE.equals(run.getWorkflowType())) {
      Map<String, LeftBehind> steps = ended.steps(run.getExecution());
      generations += 1 + steps.size();
      return Remains.json(cli, id, steps);
    }
    generations++;
    return Remains.json(cli, id, ended.generation(run.getExecution()));
  }
}
