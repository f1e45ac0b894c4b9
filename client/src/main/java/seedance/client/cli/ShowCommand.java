package seedance.client.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
    Output output = new Output(cli, json);
    try (Connection connection = Connection.open(cli.environment())) {
      Existing existing = Existing.find(cli, connection.seedance(), id);
      if (existing.isPaused()) {
        throw paused();
      }
      Shown shown = existing.shown();
      if (existing.hasEnded()) {
        return output.print(shown.end());
      } else if (follow) {
        return new Follower(output).follow(shown);
      }
      output.print(shown.now());
      return ExitCode.OK;
    }
  }

  /** It answers no query then. */
  private Refusal paused() {
    return new Refusal(
        ExitCode.NOT_REACHED,
        "%s is paused. To let it go on:\n  temporal workflow unpause --workflow-id %s"
            .formatted(Visible.oneLine(id), Words.shellQuoted(id)));
  }
}
