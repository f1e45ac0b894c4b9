package seedance.client.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import seedance.client.SeedanceClient;
import seedance.client.StartOptions;
import seedance.client.cli.Judge.JudgedFile;
import seedance.client.cli.Judge.RunOptions;
import seedance.workflows.request.ModelCatalogue;

@Command(
    name = "generate",
    description = {
      "Starts one generation and follows it to its stored clip.",
      "Ctrl-C detaches; the generation goes on.",
      "An id makes one clip: the same id again, with the same request, starts nothing while it runs",
      "or after it succeeded, and follows that one; with another request it is refused."
    })
final class GenerateCommand implements Callable<Integer> {
  private final Cli cli;

  @Parameters(
      paramLabel = "BODY.json",
      arity = "0..1",
      description = "The service's request body; - for stdin. With --adopt it may be left out.")
  private String body;

  @Option(
      names = "--adopt",
      paramLabel = "TASK-ID",
      description = "Submit nothing: await this task, which exists already, and store its clip.")
  private String adopt;

  @Spec private CommandSpec spec;

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
    if (adopt != null) {
      run = run.adopting(adopt);
    } else if (body == null) {
      throw new ParameterException(
          spec.commandLine(), "BODY.json is missing; only with --adopt TASK-ID it may be.");
    }
    JudgedFile judged = body == null ? judge.withoutBody(run) : judge.judge(body, run);
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
      return new Starter(cli, detach, json)
          .start(seedance, judged.body(), id == null ? start : start.withWorkflowId(id));
    }
  }
}
