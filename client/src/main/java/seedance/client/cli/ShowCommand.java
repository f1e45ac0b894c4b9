package seedance.client.cli;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seedance.client.ChainDetail;
import seedance.client.ChainFailedException;
import seedance.client.ChainHandle;
import seedance.client.GenerationFailedException;
import seedance.client.GenerationHandle;
import seedance.client.NoWorkerAnswersException;
import seedance.client.SeedanceClient;
import seedance.client.WorkflowHandle;
import seedance.workflows.chain.StepProgress;
import seedance.workflows.chain.VideoChainWorkflow;
import seedance.workflows.generation.ContinuedVideoGeneration;
import seedance.workflows.generation.VideoGenerationWorkflow;

@Command(
    name = "show",
    description = {
      "Shows where a generation or a chain stands, or how it ended, whoever started it.",
      "Exits with 1 if it failed."
    })
final class ShowCommand implements Callable<Integer> {
  private final Cli cli;

  @Parameters(
      paramLabel = "ID",
      converter = WorkflowIdConverter.class,
      description = "The generation's or chain's id.")
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
      SeedanceClient seedance = new SeedanceClient(connection.workflowClient());
      GenerationHandle generation = seedance.handle(id);
      WorkflowExecutionDescription description = describeAny(generation.workflow());
      if (description.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_PAUSED) {
        throw paused();
      }
      boolean runs = !WorkflowHandle.hasEnded(description);
      if (VideoChainWorkflow.TYPE.equals(description.getWorkflowType())) {
        return runs ? showRunning(seedance.chain(id)) : showEnd(seedance.chain(id));
      }
      if (!runs) {
        return showEnd(generation);
      }
      return follow ? new Follower(cli, json).follow(generation) : showProgress(generation);
    }
  }

  /**
   * @throws Refusal if there is no such generation, or Temporal does not say
   */
  static WorkflowExecutionDescription describe(GenerationHandle generation) {
    WorkflowExecutionDescription description = describeAny(generation.workflow());
    requireType(description, VideoGenerationWorkflow.TYPES, "generation");
    return description;
  }

  /**
   * @throws Refusal if there is no such chain, or Temporal does not say
   */
  static void requireChain(WorkflowStub workflow) {
    requireType(describeAny(workflow), List.of(VideoChainWorkflow.TYPE), "chain");
  }

  /**
   * Describes a generation or a chain.
   *
   * @throws Refusal if there is none of that id, or Temporal does not say
   */
  static WorkflowExecutionDescription describeAny(WorkflowStub workflow) {
    WorkflowExecutionDescription description;
    try {
      description = workflow.describe();
    } catch (WorkflowNotFoundException missing) {
      throw Refusals.isOfTheNamespace(missing)
          ? Refusals.of(missing)
          : notThere(workflow.getExecution().getWorkflowId());
    } catch (WorkflowServiceException refused) {
      throw Refusals.of(refused);
    }
    if (!VideoChainWorkflow.TYPE.equals(description.getWorkflowType())) {
      requireType(description, VideoGenerationWorkflow.TYPES, "generation");
    }
    return description;
  }

  private static void requireType(
      WorkflowExecutionDescription description, List<String> types, String inWords) {
    if (!types.contains(description.getWorkflowType())) {
      String id = Visible.oneLine(description.getExecution().getWorkflowId());
      throw new Refusal(
          ExitCode.NOT_REACHED,
          switch (description.getWorkflowType()) {
            case VideoChainWorkflow.TYPE ->
                id + " is a chain. Each step has a generation of its own: " + id + ".STEP";
            case VideoGenerationWorkflow.TYPE, ContinuedVideoGeneration.TYPE ->
                id + " is a generation, not a chain.";
            default ->
                "The workflow %s is no %s but a %s."
                    .formatted(id, inWords, Visible.oneLine(description.getWorkflowType()));
          });
    }
  }

  static Refusal notThere(String id) {
    return new Refusal(
        ExitCode.NOT_REACHED, "There is no generation and no chain " + Visible.oneLine(id) + ".");
  }

  /** It answers no query then. */
  private Refusal paused() {
    return new Refusal(
        ExitCode.NOT_REACHED,
        "%s is paused. To let it go on:\n  temporal workflow unpause --workflow-id %s"
            .formatted(Visible.oneLine(id), Words.shellQuoted(id)));
  }

  private int showEnd(ChainHandle chain) {
    ChainReports reports = new ChainReports(cli, json);
    try {
      reports.succeeded(chain, chain.result());
      return ExitCode.OK;
    } catch (ChainFailedException failed) {
      reports.failed(failed, chain);
      return ExitCode.GENERATION_FAILED;
    }
  }

  private int showRunning(ChainHandle chain) throws InterruptedException {
    ChainDetail detail = ask(chain::detail);
    if (follow) {
      return new ChainFollower(cli, json)
          .follow(chain, detail.progress().steps().stream().map(StepProgress::id).toList());
    }
    new ChainReports(cli, json).running(id, detail);
    return ExitCode.OK;
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
    new Reports(cli, json).running(id, ask(generation::progress));
    return ExitCode.OK;
  }

  private <P> P ask(Supplier<P> progress) {
    try {
      return progress.get();
    } catch (NoWorkerAnswersException | WorkflowQueryException unanswered) {
      throw new Refusal(
          ExitCode.NOT_REACHED,
          Visible.oneLine(id)
              + " runs, but no worker answered where it stands: does one poll its task queue?");
    }
  }
}
