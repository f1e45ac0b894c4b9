package seedance.client.cli;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowServiceException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seedance.client.GenerationFailedException;
import seedance.client.GenerationHandle;
import seedance.client.NoWorkerAnswersException;
import seedance.client.SeedanceClient;
import seedance.workflows.generation.VideoGenerationWorkflow;

@Command(
    name = "show",
    description = {
      "Shows where a generation stands, or how it ended, whoever started it.",
      "Exits with 1 if it failed."
    })
final class ShowCommand implements Callable<Integer> {
  private final Cli cli;

  @Parameters(paramLabel = "ID", description = "The generation's id.")
  private String id;

  @Option(names = "--follow", description = "Stay until it ends.")
  private boolean follow;

  @Option(names = "--json", description = "Print one JSON object; progress to stderr.")
  private boolean json;

  ShowCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Connection connection = Connection.open(cli.environment())) {
      GenerationHandle generation = new SeedanceClient(connection.workflowClient()).handle(id);
      WorkflowExecutionDescription description = describe(generation);
      if (description.getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
        return showEnd(generation);
      }
      return follow ? new Follower(cli, json).follow(generation) : showProgress(generation);
    }
  }

  /**
   * @throws Refusal if there is no such generation, or Temporal does not say
   */
  static WorkflowExecutionDescription describe(GenerationHandle generation) {
    WorkflowExecutionDescription description;
    try {
      description = generation.workflow().describe();
    } catch (WorkflowNotFoundException missing) {
      throw noSuchGeneration(generation.workflowId());
    } catch (WorkflowServiceException refused) {
      throw Refusals.of(refused);
    }
    if (!VideoGenerationWorkflow.TYPE.equals(description.getWorkflowType())) {
      throw new Refusal(
          ExitCode.NOT_REACHED,
          "The workflow %s is no generation but a %s."
              .formatted(generation.workflowId(), description.getWorkflowType()));
    }
    return description;
  }

  static Refusal noSuchGeneration(String id) {
    return new Refusal(ExitCode.NOT_REACHED, "There is no generation " + id + ".");
  }

  private int showEnd(GenerationHandle generation) {
    Reports reports = new Reports(cli, json);
    try {
      reports.succeeded(id, generation.result());
      return ExitCode.OK;
    } catch (GenerationFailedException failed) {
      reports.failed(failed);
      return ExitCode.GENERATION_FAILED;
    }
  }

  private int showProgress(GenerationHandle generation) {
    try {
      new Reports(cli, json).running(id, generation.progress());
      return ExitCode.OK;
    } catch (NoWorkerAnswersException | WorkflowQueryException unanswered) {
      throw new Refusal(
          ExitCode.NOT_REACHED,
          id + " runs, but no worker answered where it stands: does one poll its task queue?");
    }
  }
}
