package seedance.client.cli;

import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seedance.client.GenerationHandle;
import seedance.client.SeedanceClient;
import seedance.client.WorkflowHandle;

@Command(
    name = "cancel",
    description = {
      "Asks a running generation or chain to stop.",
      "A queued task is cancelled at the service. One that runs there goes on and is charged:",
      "options.onCancel says whether its clip is stored all the same. show says how it ended."
    })
final class CancelCommand implements Callable<Integer> {
  private final Cli cli;

  @Parameters(
      paramLabel = "ID",
      converter = WorkflowIdConverter.class,
      description = "The generation's or chain's id.")
  private String id;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  CancelCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    try (Connection connection = Connection.open(cli.environment())) {
      GenerationHandle generation = new SeedanceClient(connection.workflowClient()).handle(id);
      if (WorkflowHandle.hasEnded(ShowCommand.describeAny(generation.workflow()))) {
        throw ended();
      }
      generation.cancel();
    } catch (WorkflowNotFoundException endedMeanwhile) {
      throw ended();
    } catch (WorkflowServiceException refused) {
      throw Refusals.of(refused);
    }
    if (json) {
      new Reports(cli, true).json(Reports.object(id, "cancelling"));
    } else {
      cli.terminal()
          .out()
          .println(
              "Asked "
                  + Visible.oneLine(id)
                  + " to stop. A queued task is cancelled at the service; one that runs goes on and"
                  + " is charged. How it ends:\n  "
                  + cli.commandOn(id, "show", "--follow"));
    }
    return ExitCode.OK;
  }

  private Refusal ended() {
    return new Refusal(
        ExitCode.NOT_REACHED,
        Visible.oneLine(id) + " has ended already. How it ended:\n  " + cli.commandOn(id, "show"));
  }
}
