package seedance.client.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Request bodies or chains; - for stdin.")
  private List<String> files;

  @Option(names = "--options", paramLabel = "O.json", description = "The run's options.")
  private String options;

  @Option(names = "--json", description = "Print one JSON object a line for each file.")
  private boolean json;

  ValidateCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() {
    FileCheck check = new FileCheck(cli, FileCheck.catalogue(cli));
    Verdict<Json> run = check.options(options);
    boolean allValid = true;
    for (String file : files) {
      FileCheck.Either checked = check.either(file, run);
      if (checked instanceof FileCheck.Either.Chain chain) {
        allValid &= chain.verdict().isValid();
        printChain(file, chain.verdict());
      } else if (checked instanceof FileCheck.Either.Generation generation) {
        allValid &= generation.verdict().isValid();
        printGeneration(file, generation.verdict());
      }
    }
    return allValid ? ExitCode.OK : ExitCode.INVALID;
  }

  private void printChain(String file, Verdict<ChainPlan> verdict) {
    Optional<ChainPlan> plan = verdict.value();
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("file", file);
      object.put("valid", verdict.isValid());
      object.put("steps", plan.map(ChainPlan::stepIds).orElse(null));
      object.put("graph", plan.map(ChainPlan::graph).orElse(null));
      object.put("worstCase", plan.map(ChainPlan::worstCase).orElse(null));
      object.put("notes", plan.map(ChainPlan::notes).orElse(List.of()));
      object.put("violations", verdict.violations());
      new Reports(cli, true).json(object);
      return;
    }
    plan.ifPresent(valid -> printValid(file, valid));
    print(file, verdict.violations());
  }

  private void printValid(String file, ChainPlan plan) {
    int steps = plan.steps().size();
    cli.terminal()
        .line(
            JsonInput.label(file) + ": ",
            Coloured.green("valid"),
            ", chain of %d step%s%s"
                .formatted(
                    steps,
                    steps == 1 ? "" : "s",
                    Optional.ofNullable(plan.worstCase())
                        .map(most -> ", at most " + most.inWordsAtMost() + " by the price list")
                        .orElse(", of unknown cost")));
    plan.graph()
        .lines()
        .forEach(line -> cli.terminal().out().println("  " + Words.printable(line)));
    printNotes(plan.notes());
  }

  private void printNotes(List<String> notes) {
    notes.forEach(note -> cli.terminal().out().println("  note: " + Words.printable(note)));
  }

  private void print(String file, List<Violation> violations) {
    for (Violation violation : violations) {
      boolean whole = violation.path().equals(JsonPath.ROOT);
      String broken = Words.of(violation, JsonInput.label(file));
      cli.terminal().out().println(whole ? broken : JsonInput.label(file) + ": " + broken);
    }
  }

  private void printGeneration(String file, Verdict<CheckedGeneration> verdict) {
    Optional<CheckedGeneration> checked = verdict.value();
    Optional<String> mode =
        checked.flatMap(CheckedGeneration::request).map(request -> request.mode().label());
    List<String> notes = checked.map(CheckedGeneration::notes).orElse(List.of());
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("file", file);
      object.put("valid", verdict.isValid());
      object.put("mode", mode.orElse(null));
      object.put("notes", notes);
      object.put("violations", verdict.violations());
      new Reports(cli, true).json(object);
      return;
    }
    if (verdict.isValid()) {
      cli.terminal()
          .line(
              JsonInput.label(file) + ": ",
              Coloured.green("valid"),
              ", " + mode.orElse("adopts a task"));
      printNotes(notes);
    }
    print(file, verdict.violations());
  }
}
