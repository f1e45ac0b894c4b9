package seedance.client.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seedance.client.Judgement;
import seedance.client.cli.Judge.RunOptions;
import seedance.workflows.request.Violation;

@Command(
    name = "validate",
    description = {
      "Holds request bodies to the rules, without a server and without a key.",
      "Exits with 2 if any is invalid."
    })
final class ValidateCommand implements Callable<Integer> {
  private final Cli cli;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Request bodies; - for stdin.")
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
      Judgement judgement = judge.judge(file, run).judgement();
      allValid &= judgement.isValid();
      print(file, judgement);
    }
    return allValid ? ExitCode.OK : ExitCode.INVALID;
  }

  private void print(String file, Judgement judgement) {
    String mode = judgement.request().map(request -> request.mode().label()).orElse(null);
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("file", file);
      object.put("valid", judgement.isValid());
      object.put("mode", judgement.isValid() ? mode : null);
      object.put("violations", judgement.violations());
      new Reports(cli, true).json(object);
      return;
    }
    String label = file.equals(JsonInput.STANDARD_INPUT) ? "stdin" : file;
    if (judgement.isValid()) {
      cli.terminal()
          .out()
          .println(
              label
                  + ": "
                  + cli.terminal().green("valid")
                  + ", "
                  + (mode == null ? "adopts a task" : mode));
    }
    for (Violation violation : judgement.violations()) {
      cli.terminal().out().println(label + ": " + Words.printable(violation.toString()));
    }
  }
}
