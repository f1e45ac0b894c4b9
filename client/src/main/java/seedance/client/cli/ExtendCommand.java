package seedance.client.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seedance.client.GenerationFailedException;
import seedance.client.GenerationHandle;
import seedance.client.GenerationStart;
import seedance.client.SeedanceClient;
import seedance.client.cli.FileCheck.Checked;
import seedance.workflows.generation.CheckedGeneration;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;
import seedance.workflows.request.Extension;
import seedance.workflows.request.GenerationOutput;
import seedance.workflows.request.GenerationReference;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.Request;

@Command(
    name = "extend",
    description = {
      "Starts a generation that goes on from the clip of an earlier one, and follows it.",
      "Model, resolution and ratio are the earlier one's unless said; media may be files of this",
      "machine, beside the clip, which is the first video."
    })
final class ExtendCommand implements Callable<Integer> {

  private final Cli cli;

  @Parameters(
      paramLabel = "ID",
      converter = WorkflowIdConverter.class,
      description = "The earlier generation's id; a chain's step has CHAIN-ID.STEP.")
  private String earlier;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      required = true,
      description = "What happens next.")
  private String prompt;

  @Mixin private MediaArguments settings = new MediaArguments();

  @Option(names = "--dry-run", description = "Print the body, and start nothing.")
  private boolean dryRun;

  @Mixin private StartArguments arguments = new StartArguments();

  ExtendCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws InterruptedException {
    Output output = new Output(cli, arguments.json());
    ModelCatalogue catalogue = FileCheck.catalogue(cli);
    FileCheck check = new FileCheck(cli, catalogue, arguments.inlining());
    Verdict<Json> run = arguments.options(check);
    if (!run.isValid()) {
      output.print(new StartReports(cli).invalid("options", run.violations()));
      return ExitCode.INVALID;
    }
    GenerationStart start = arguments.start(run.orElseThrow());
    try (Connection connection = Connection.open(cli.environment())) {
      SeedanceClient seedance = connection.seedance(catalogue);
      GenerationHandle generation = withClip(Existing.find(cli, seedance, earlier));
      Json body = body(seedance.requestOf(generation), catalogue);
      Checked<CheckedGeneration> checked = check.generation(body, run);
      if (!checked.verdict().isValid()) {
        output.print(new StartReports(cli).invalid("the request", checked.verdict().violations()));
        return ExitCode.INVALID;
      }
      if (dryRun) {
        cli.terminal().out().println(new String(body.write(), StandardCharsets.UTF_8));
        return ExitCode.OK;
      }
      List<String> notes = checked.verdict().orElseThrow().notes();
      output.print(new StartReports(cli).notes(notes));
      CallersStore.put(checked.inputs(), cli);
      return new Starter(cli, arguments)
          .start(notes, () -> new ShownGeneration(cli, seedance.start(checked.json(), start)));
    }
  }

  /** Else the service would be asked in vain. */
  private GenerationHandle withClip(Existing existing) {
    GenerationHandle generation = existing.generation();
    if (!existing.hasEnded()) {
      throw new Refusal(
          ExitCode.INVALID,
          "Nothing was started: "
              + earlier
              + " is not finished yet. Follow it, then extend it:\n  "
              + cli.commandOn(earlier, "show", "--follow"));
    }
    try {
      generation.result();
      return generation;
    } catch (GenerationFailedException withoutClip) {
      throw new Refusal(
          ExitCode.INVALID,
          "Nothing was started: "
              + earlier
              + " has no clip to go on from. How it ended:\n  "
              + cli.commandOn(earlier, "show"));
    }
  }

  private Json body(Json before, ModelCatalogue catalogue) {
    if (!settings.said().containsKey("model") && before.text("model").isEmpty()) {
      throw new Refusal(ExitCode.INVALID, earlier + " was started without a request: say --model.");
    }
    Extension extension =
        Extension.of(new GenerationReference(earlier, GenerationOutput.VIDEO), prompt);
    for (Map.Entry<String, Object> setting : settings.said().entrySet()) {
      extension = extension.with(setting.getKey(), setting.getValue());
    }
    Json body =
        extension.after(before.isObject() ? new Request(before) : Request.NONE, catalogue).json();
    List<Object> content = new ArrayList<>(body.at("content").items());
    content.addAll(settings.media());
    return body.with("content", content);
  }
}
