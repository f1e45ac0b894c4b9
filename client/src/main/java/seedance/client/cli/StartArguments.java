package seedance.client.cli;

import picocli.CommandLine.Option;
import seedance.client.StartOptions;
import seedance.client.cli.Judge.RunOptions;

/** The arguments of every command that starts something. */
final class StartArguments {
  @Option(names = "--id", paramLabel = "ID", description = "Its id; else made up.")
  private String id;

  @Option(names = "--options", paramLabel = "O.json", description = "The options of the run.")
  private String options;

  @Option(names = "--detach", description = "Start only, do not follow.")
  private boolean detach;

  @Option(names = "--json", description = "Print JSON objects, one a line; progress to stderr.")
  private boolean json;

  RunOptions options(Judge judge) {
    return judge.options(options);
  }

  boolean detach() {
    return detach;
  }

  boolean json() {
    return json;
  }

  /**
   * How to start what was judged already, from its text, which sees more than the value does.
   *
   * @throws Refusal if the id cannot be one
   */
  StartOptions start(RunOptions run) {
    if (id != null && id.isBlank()) {
      throw new Refusal(ExitCode.INVALID, "--id cannot be blank");
    }
    StartOptions start = StartOptions.DEFAULTS.withoutValidation().withOptions(run.json());
    return id == null ? start : start.withWorkflowId(id);
  }
}
