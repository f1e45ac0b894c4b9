package seedance.client.cli;

import io.temporal.client.WorkflowServiceException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seedance.client.ChainHandle;
import seedance.client.DifferentRequestException;
import seedance.client.SeedanceClient;
import seedance.client.StartOptions;
import seedance.client.cli.Judge.JudgedChain;
import seedance.client.cli.Judge.RunOptions;
import seedance.workflows.request.ModelCatalogue;

@Command(
    name = "chain",
    description = {
      "Starts a chain of generations and follows it, a line for each step, to its stored clips.",
      "Ctrl-C detaches; the chain goes on. An id makes one chain: the same again follows the first."
    })
final class ChainCommand implements Callable<Integer> {
  private final Cli cli;

  @Parameters(
      paramLabel = "CHAIN.json",
      description = "{\"steps\":[{\"id\":…,\"request\":{…}}]}; - for stdin.")
  private String file;

  @Option(names = "--id", paramLabel = "ID", description = "The chain's id; else made up.")
  private String id;

  @Option(names = "--options", paramLabel = "O.json", description = "The chain's options.")
  private String options;

  @Option(names = "--detach", description = "Start only, do not follow.")
  private boolean detach;

  @Option(names = "--json", description = "Print JSON objects, one a line; progress to stderr.")
  private boolean json;

  ChainCommand(Cli cli) {
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
    JudgedChain judged = judge.chain(file, run);
    if (!judged.isValid()) {
      new Reports(cli, json).invalid(judged.violations());
      return ExitCode.INVALID;
    }
    try (Connection connection = Connection.open(cli.environment())) {
      SeedanceClient seedance =
          new SeedanceClient(connection.workflowClient(), connection.taskQueue(), catalogue);
      StartOptions start = StartOptions.DEFAULTS.withoutValidation().withOptions(run.json());
      return start(seedance, judged, id == null ? start : start.withWorkflowId(id));
    }
  }

  private int start(SeedanceClient seedance, JudgedChain judged, StartOptions start)
      throws InterruptedException {
    ChainHandle chain;
    try {
      chain = seedance.startChain(judged.chain(), start);
    } catch (DifferentRequestException different) {
      new Reports(cli, json).different(different);
      return ExitCode.INVALID;
    } catch (WorkflowServiceException refused) {
      throw Refusals.ofStart(refused);
    }
    if (chain.isNew()) {
      new Reports(cli, json).started(chain.workflowId());
    } else {
      cli.terminal()
          .err()
          .println(chain.workflowId() + " is there already with these steps: nothing was started.");
    }
    return detach ? ExitCode.OK : new ChainFollower(cli, json).follow(chain, judged.steps());
  }
}
