package seedance.client.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import seedance.client.SeedanceClient;
import seedance.client.StartOptions;
import seedance.client.cli.Judge.JudgedChain;
import seedance.client.cli.Judge.RunOptions;
import seedance.workflows.chain.ChainPlan;
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

  @Mixin private StartArguments arguments = new StartArguments();

  ChainCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws InterruptedException {
    ModelCatalogue catalogue = Judge.catalogue(cli);
    Judge judge = new Judge(cli, catalogue);
    RunOptions run = arguments.options(judge);
    JudgedChain judged = judge.chain(file, run);
    if (!judged.isValid()) {
      new Reports(cli, arguments.json()).invalid(JsonInput.label(file), judged.violations());
      return ExitCode.INVALID;
    }
    StartOptions start = arguments.start(run);
    try (Connection connection = Connection.open(cli.environment())) {
      SeedanceClient seedance =
          new SeedanceClient(connection.workflowClient(), connection.taskQueue(), catalogue);
      return new Starter(cli, arguments)
          .start(
              judged.plan().map(ChainPlan::notes).orElse(List.of()),
              () -> seedance.startChain(judged.chain(), start),
              chain -> new ChainFollower(cli, arguments.json()).follow(chain, judged.steps()));
    }
  }
}
