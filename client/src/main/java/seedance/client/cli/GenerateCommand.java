package seedance.client.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import seedance.client.GenerationStart;
import seedance.client.SeedanceClient;
import seedance.client.cli.FileCheck.Checked;
import seedance.workflows.generation.CheckedGeneration;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;
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
      description = {
        "The service's request body; - for stdin. A medium's URL may be a file of this machine.",
        "With --adopt or --prompt it may be left out."
      })
  private @Nullable String body;

  @ArgGroup(
      exclusive = false,
      heading = "Instead of BODY.json, for " + RequestArguments.USUAL_MODEL + " unless said:%n")
  private @Nullable RequestArguments made;

  @Option(names = "--dry-run", description = "Print the body, and start nothing.")
  private boolean dryRun;

  @Option(
      names = "--adopt",
      paramLabel = "TASK-ID",
      description = "Submit nothing: await this task, which exists already, and store its clip.")
  private @Nullable String adopt;

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
    Output output = new Output(cli, arguments.json());
    ModelCatalogue catalogue = FileCheck.catalogue(cli);
    FileCheck check = new FileCheck(cli, catalogue, arguments.inlining());
    if (adopt == null && body == null && made == null) {
      throw new ParameterException(
          spec.commandLine(),
          "BODY.json is missing; only with --adopt TASK-ID or --prompt TEXT it may be.");
    }
    if (body != null && made != null) {
      throw new ParameterException(
          spec.commandLine(),
          "BODY.json is the whole request: write into it what the options say.");
    }
    Verdict<Json> run = arguments.options(check).then(this::adopting);
    Checked<CheckedGeneration> generation =
        made == null ? check.generation(body, run) : check.generation(made.body(), run);
    if (body != null && FileCheck.isChain(generation.json())) {
      throw new Refusal(
          ExitCode.INVALID, "That is a chain, start it with:\n  " + cli.command("chain", body));
    }
    Verdict<CheckedGeneration> verdict = generation.verdict();
    if (!verdict.isValid()) {
      output.print(
          new StartReports(cli)
              .invalid(body == null ? "the request" : JsonInput.label(body), verdict.violations()));
      return ExitCode.INVALID;
    }
    if (dryRun) {
      Json written = made == null ? generation.json() : made.body();
      cli.terminal().out().println(new String(written.write(), StandardCharsets.UTF_8));
      return ExitCode.OK;
    }
    List<String> notes = verdict.orElseThrow().notes();
    output.print(new StartReports(cli).notes(notes));
    GenerationStart once = arguments.start(run.orElseThrow());
    GenerationStart start = again ? once.startingAgain() : once;
    try (Connection connection = Connection.open(cli.environment())) {
      SeedanceClient seedance = connection.seedance(catalogue);
      CallersStore.put(generation.inputs(), cli);
      return new Starter(cli, arguments)
          .start(notes, () -> new ShownGeneration(cli, seedance.start(generation.json(), start)));
    }
  }

  /** With the task to take over; what is no object stays as it is, to be refused as such. */
  private Verdict<Json> adopting(Json options) {
    boolean fits = adopt != null && (options.isNull() || options.isObject());
    return Verdict.valid(fits ? options.with("adopt", Map.of("taskId", adopt)) : options);
  }
}
