package seedance.client.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seedance.client.Judgement;
import seedance.client.cli.Judge.JudgedChain;
import seedance.client.cli.Judge.RunOptions;
import seedance.client.cli.Terminal.Coloured;
import seedance.workflows.chain.ChainPlan;
import seedance.workflows.request.JsonPath;
import seedance.workflows.request.Money;
import seedance.workflows.request.Violation;

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
    Judge judge = new Judge(cli, Judge.catalogue(cli));
    RunOptions run = judge.options(options);
    boolean allValid = true;
    for (String file : files) {
      Judge.Judged judged = judge.either(file, run);
      if (judged instanceof Judge.Judged.Steps steps) {
        allValid &= steps.chain().isValid();
        print(file, steps.chain());
      } else if (judged instanceof Judge.Judged.Request request) {
        allValid &= request.judgement().isValid();
        print(file, request.judgement());
      }
    }
    return allValid ? ExitCode.OK : ExitCode.INVALID;
  }

  private void print(String file, JudgedChain chain) {
    Optional<ChainPlan> plan = chain.plan();
    Optional<Money> worstCase = plan.flatMap(valid -> Optional.ofNullable(valid.worstCase()));
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("file", file);
      object.put("valid", chain.isValid());
      object.put("steps", plan.map(valid -> chain.steps()).orElse(null));
      object.put("graph", plan.map(ChainPlan::graph).orElse(null));
      object.put("worstCase", worstCase.orElse(null));
      object.put("notes", plan.map(ChainPlan::notes).orElse(List.of()));
      object.put("violations", chain.violations());
      new Reports(cli, true).json(object);
      return;
    }
    PrintStream out = cli.terminal().out();
    if (chain.isValid()) {
      int steps = chain.steps().size();
      cli.terminal()
          .line(
              JsonInput.label(file) + ": ",
              Coloured.green("valid"),
              ", chain of %d step%s%s"
                  .formatted(
                      steps,
                      steps == 1 ? "" : "s",
                      worstCase
                          .map(most -> ", at most " + most.inWordsAtMost() + " by the price list")
                          .orElse(", of unknown cost")));
      plan.ifPresent(
          valid -> {
            valid.graph().lines().forEach(line -> out.println("  " + Words.printable(line)));
            printNotes(valid.notes());
          });
    }
    print(file, chain.violations());
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

  private void print(String file, Judgement judgement) {
    String mode = judgement.request().map(request -> request.mode().label()).orElse(null);
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("file", file);
      object.put("valid", judgement.isValid());
      object.put("mode", judgement.isValid() ? mode : null);
      object.put("notes", judgement.notes());
      object.put("violations", judgement.violations());
      new Reports(cli, true).json(object);
      return;
    }
    if (judgement.isValid()) {
      cli.terminal()
          .line(
              JsonInput.label(file) + ": ",
              Coloured.green("valid"),
              ", " + (mode == null ? "adopts a task" : mode));
      printNotes(judgement.notes());
    }
    print(file, judgement.violations());
  }
}
