package seedance.client.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seedance.client.cli.Terminal.Coloured;
import seedance.workflows.chain.ChainPlan;
import seedance.workflows.generation.CheckedGeneration;
import seedance.workflows.json.Json;
import seedance.workflows.json.JsonPath;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violation;

@Command(
    name = "validate",
    description = {
      "Holds request bodies and chains (by their steps) to the rules, without a server and without"
          + " a key.",
      "Exits with 2 if any is invalid."
    })
final class ValidateCommand implements Callable<Integer> {
  private final Cli cli;
  private final Lines lines;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Request bodies or chains; - for stdin.")
  private List<String> files;

  @Option(names = "--options", paramLabel = "O.json", description = "The run's options.")
  private @Nullable String options;

  @Option(names = "--json", description = "Print one JSON object a line for each file.")
  private boolean json;

  @Mixin private InlineArgument inline = new InlineArgument();

  ValidateCommand(Cli cli) {
    this.cli = cli;
    this.lines = new Lines(cli);
  }

  @Override
  public Integer call() {
    FileCheck check = new FileCheck(cli, FileCheck.catalogue(cli), inline.inlining());
    Verdict<Json> run = check.options(options);
    Output output = new Output(cli, json);
    boolean allValid = true;
    for (String file : files) {
      FileCheck.Either checked = check.either(file, run);
      if (checked instanceof FileCheck.Either.Chain chain) {
        allValid &= chain.verdict().isValid();
        output.print(reportChain(file, chain.verdict()));
      } else if (checked instanceof FileCheck.Either.Generation generation) {
        allValid &= generation.verdict().isValid();
        output.print(reportGeneration(file, generation.verdict()));
      }
    }
    return allValid ? ExitCode.OK : ExitCode.INVALID;
  }

  private Report reportChain(String file, Verdict<ChainPlan> verdict) {
    Optional<ChainPlan> plan = verdict.value();
    return Report.of(
        () ->
            object(file, verdict)
                .with("steps", plan.map(ChainPlan::stepIds).orElse(null))
                .with("graph", plan.map(ChainPlan::graph).orElse(null))
                .with("worstCase", plan.map(ChainPlan::worstCase).orElse(null))
                .with("notes", plan.map(ChainPlan::notes).orElse(List.of()))
                .with("violations", verdict.violations()),
        () -> {
          plan.ifPresent(valid -> print(file, valid));
          print(file, verdict.violations());
        });
  }

  private void print(String file, ChainPlan plan) {
    int steps = plan.steps().size();
    printValid(
        file,
        "chain of %d step%s%s"
            .formatted(
                steps,
                steps == 1 ? "" : "s",
                Optional.ofNullable(plan.worstCase())
                    .map(most -> ", at most " + most.inWordsAtMost() + " by the price list")
                    .orElse(", of unknown cost")));
    plan.graph().lines().forEach(line -> lines.below(Words.printable(line)));
    printNotes(plan.notes());
  }

  private Report reportGeneration(String file, Verdict<CheckedGeneration> verdict) {
    Optional<CheckedGeneration> checked = verdict.value();
    Optional<String> mode =
        checked.flatMap(CheckedGeneration::request).map(request -> request.mode().label());
    List<String> notes = checked.map(CheckedGeneration::notes).orElse(List.of());
    return Report.of(
        () ->
            object(file, verdict)
                .with("mode", mode.orElse(null))
                .with("notes", notes)
                .with("violations", verdict.violations()),
        () -> {
          if (verdict.isValid()) {
            printValid(file, mode.orElse("adopts a task"));
            printNotes(notes);
          }
          print(file, verdict.violations());
        });
  }

  private static JsonObject object(String file, Verdict<?> verdict) {
    return new JsonObject().with("file", file).with("valid", verdict.isValid());
  }

  private void printValid(String file, String what) {
    cli.terminal().line(JsonInput.label(file) + ": ", Coloured.green("valid"), ", " + what);
  }

  private void printNotes(List<String> notes) {
    notes.forEach(note -> lines.below("note: " + Words.printable(note)));
  }

  private void print(String file, List<Violation> violations) {
    for (Violation violation : violations) {
      boolean whole = violation.path().equals(JsonPath.ROOT);
      String broken = Words.of(violation, JsonInput.label(file));
      lines.out().println(whole ? broken : JsonInput.label(file) + ": " + broken);
    }
  }
}
