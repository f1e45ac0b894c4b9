package seedance.client.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private StartArguments arguments = new StartArguments();

  @Option(
      names = "--again",
      description = "Start even where an earlier one of that id failed and may have been charged.")
  private boolean again;

  GenerateCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws InterruptedException {
    ModelCatalogue catalogue = Judge.catalogue(cli);
    Judge judge = new Judge(cli, catalogue);
    RunOptions run = arguments.options(judge);
    if (adopt != null) {
      run = run.adopting(adopt);
    } else if (body == null) {
      throw new ParameterException(
          spec.commandLine(), "BODY.json is missing; only with --adopt TASK-ID it may be.");
    }
    JudgedFile judged = body == null ? judge.withoutBody(run) : judge.judge(body, run);
    if (judged.body().tree() instanceof Map<?, ?> fields && fields.containsKey("steps")) {
      throw new Refusal(
          ExitCode.INVALID, "That is a chain, start it with:\n  " + cli.command("chain", body));
    }
    if (!judged.judgement().isValid()) {
      new Reports(cli, arguments.json())
          .invalid(
              body == null ? "the request" : JsonInput.label(body),
              judged.judgement().violations());
      return ExitCode.INVALID;
    }
    new Reports(cli, arguments.json()).notes(judged.judgement().notes());
    StartOptions start = again ? arguments.start(run).startingAgain() : arguments.start(run);
    try (Connection connection = Connection.open(cli.environment())) {
      SeedanceClient seedance =
          new SeedanceClient(connection.workflowClient(), connection.taskQueue(), catalogue);
      return new Starter(cli, arguments)
          .start(
              judged.judgement().notes(),
              () -> seedance.start(judged.body(), start),
              new Follower(cli, arguments.json())::follow);
    }
  }
}
