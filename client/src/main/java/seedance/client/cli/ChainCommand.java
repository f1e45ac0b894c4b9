package seedance.client.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import seedance.client.ChainStart;
import seedance.client.SeedanceClient;
import seedance.client.cli.FileCheck.Checked;
import seedance.workflows.chain.ChainPlan;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;
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
    ModelCatalogue catalogue = FileCheck.catalogue(cli);
    FileCheck check = new FileCheck(cli, catalogue, arguments.inlining());
    Verdict<Json> run = arguments.options(check);
    Checked<ChainPlan> chain = check.chain(file, run);
    if (!chain.verdict().isValid()) {
      new Output(cli, arguments.json())
          .print(
              new StartReports(cli).invalid(JsonInput.label(file), chain.verdict().violations()));
      return ExitCode.INVALID;
    }
    ChainPlan plan = chain.verdict().orElseThrow();
    ChainStart start = arguments.chainStart(run.orElseThrow());
    try (Connection connection = Connection.open(cli.environment())) {
      SeedanceClient seedance = connection.seedance(catalogue);
      CallersStore.put(chain.inputs(), cli);
      return new Starter(cli, arguments)
          .start(
              plan.notes(),
              () ->
                  new ShownChain(
                      cli, seedance.startChain(chain.json(), start), Optional.of(plan.stepIds())));
    }
  }
}
