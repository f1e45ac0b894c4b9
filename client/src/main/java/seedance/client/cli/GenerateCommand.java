package seedance.client.cli;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowServiceException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seedance.client.AlreadyStartedException;
import seedance.client.GenerationHandle;
import seedance.client.MayBeChargedException;
import seedance.client.SeedanceClient;
import seedance.client.StartOptions;
import seedance.client.cli.Judge.JudgedFile;
import seedance.client.cli.Judge.RunOptions;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.ModelCatalogue;

@Command(
    name = "generate",
    description = {
      "Starts one generation and follows it to its stored clip.",
      "Ctrl-C detaches; the generation goes on.",
      "An id makes one clip: the same id again starts nothing while it runs or after it succeeded."
    })
final class GenerateCommand implements Callable<Integer> {
  private final Cli cli;

  @Parameters(paramLabel = "BODY.json", description = "The service's request body; - for stdin.")
  private String body;

  @Option(names = "--id", paramLabel = "ID", description = "The generation's id; else made up.")
  private String id;

  @Option(names = "--options", paramLabel = "O.json", description = "The run's options.")
  private String options;

  @Option(
      names = "--again",
      description = "Start even where an earlier one of that id failed and may have been charged.")
  private boolean again;

  @Option(names = "--detach", description = "Start only, do not follow.")
  private boolean detach;

  @Option(names = "--json", description = "Print JSON objects, one a line; progress to stderr.")
  private boolean json;

  GenerateCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (id != null && id.isBlank()) {
      throw new Refusal(ExitCode.INVALID, "--id cannot be blank");
    }
    ModelCatalogue catalogue = Judge.catalogue(cli);
    Judge judge = new Judge(cli, catalogue);
    RunOptions run = judge.options(options);
    JudgedFile judged = judge.judge(body, run);
    if (!judged.judgement().isValid()) {
      new Reports(cli, json).invalid(judged.judgement().violations());
      return ExitCode.INVALID;
    }
    try (Connection connection = Connection.open(cli.environment())) {
      SeedanceClient seedance =
          new SeedanceClient(connection.workflowClient(), connection.taskQueue(), catalogue);
      // Judged above already, from the text, which sees more than the value does.
      StartOptions start = StartOptions.DEFAULTS.withoutValidation().withOptions(run.json());
      if (again) {
        start = start.startingAgain();
      }
      return start(seedance, judged.body(), id == null ? start : start.withWorkflowId(id));
    }
  }

  private int start(SeedanceClient seedance, AnyJson request, StartOptions options)
      throws InterruptedException {
    GenerationHandle generation;
    try {
      generation = seedance.start(request, options);
      new Reports(cli, json).started(generation.workflowId());
    } catch (AlreadyStartedException there) {
      generation = there.existing();
      cli.terminal()
          .err()
          .println(
              generation.workflowId()
                  + " runs or has succeeded already: nothing was started, nothing is charged twice."
                  + (detach ? "" : " Following it."));
      if (detach && json) {
        new Reports(cli, true).json(Reports.object(generation.workflowId(), status(generation)));
      }
    } catch (MayBeChargedException earlier) {
      throw new Refusal(
          ExitCode.INVALID,
          Words.printable("Nothing was started: " + earlier.getMessage())
              + "\nWith --again it is started all the same, and charged again.");
    } catch (WorkflowServiceException refused) {
      throw Refusals.ofStart(refused);
    }
    return detach ? ExitCode.OK : new Follower(cli, json).follow(generation);
  }

  private static String status(GenerationHandle existing) {
    return ShowCommand.describe(existing).getStatus()
            == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
        ? "running"
        : "succeeded";
  }
}
