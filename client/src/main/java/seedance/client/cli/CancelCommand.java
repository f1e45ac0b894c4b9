package seedance.client.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
      Existing existing = Existing.find(cli, connection.seedance(), id);
      return existing.change(
          new Output(cli, json),
          () -> {
            existing.shown().handle().cancel();
            return asked();
          });
    }
  }

  private Report asked() {
    return Report.of(
        JsonObject.about(id, "cancelling"),
        cli.terminal().out(),
        "Asked "
            + Visible.oneLine(id)
            + " to stop. A queued task is cancelled at the service; one that runs goes on and is"
            + " charged. How it ends:",
        "  " + cli.commandOn(id, "show", "--follow"));
  }
}
