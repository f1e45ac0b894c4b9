package seedance.client.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import seedance.client.ChainFailedException;
import seedance.workflows.chain.ChainProgress;
import seedance.workflows.chain.ChainResult;
import seedance.workflows.chain.StepProgress;
import seedance.workflows.chain.TotalCost;
import seedance.workflows.request.Money;
import seedance.workflows.request.Violation;

/** Prints where a chain stands and how it ended, for people or as one JSON object a line. */
final class ChainReports {
  private final Cli cli;
  private final boolean json;
  private final Reports reports;
  private final PrintStream out;

  ChainReports(Cli cli, boolean json) {
    this.cli = cli;
    this.json = json;
    this.reports = new Reports(cli, json);
    this.out = cli.terminal().out();
  }

  void running(String workflowId, ChainProgress progress) {
    if (json) {
      Map<String, Object> object = Reports.object(workflowId, "running");
      object.put("progress", progress);
      reports.json(object);
      return;
    }
    reports.line("id", workflowId);
    reports.line("stage", progress.stage());
    reports.line("cost", words(progress.cost()));
    reports.line("to come", words(progress.toCome()));
    reports.line("budget", words(progress.budget()));
    out.println();
    graph(progress);
    Table table = new Table("STEP", "STATE", "COST", "CLIP");
    for (StepProgress step : progress.steps()) {
      table.row(
          step.id(),
          Words.printable(Words.of(step)),
          cost(step),
          step.clip() == null ? "" : Words.location(step.clip(), cli.workingDirectory()));
    }
    table.print(out);
    progress.steps().stream()
        .flatMap(step -> NextSteps.commands(cli, workflowId, step).stream())
        .forEach(command -> reports.line("decide", command));
    progress.notes().forEach(note -> reports.line("note", note));
  }

  private void graph(ChainProgress progress) {
    if (progress.graph() != null) {
      progress.graph().lines().forEach(line -> out.println("  " + Words.printable(line)));
      out.println();
    }
  }

  private static String cost(StepProgress step) {
    if (step.cost() != null) {
      return step.cost().inWords();
    }
    return step.worstCase() == null ? "" : "at most " + step.worstCase().inWordsAtMost();
  }

  private static String words(TotalCost cost) {
    return cost == null ? null : cost.inWords();
  }

  private static String words(Money money) {
    return money == null ? null : money.inWords();
  }

  void succeeded(String workflowId, ChainResult result) {
    if (json) {
      Map<String, Object> object = Reports.object(workflowId, "succeeded");
      object.put("result", result);
      reports.json(object);
      return;
    }
    out.println(cli.terminal().green("Done") + "  " + workflowId);
    if (result.film() != null) {
      reports.line("film", Words.location(result.film().location(), cli.workingDirectory()));
    }
    reports.line("no film", result.filmProblem());
    reports.line("manifest", Words.location(result.manifest(), cli.workingDirectory()));
    reports.line("cost", words(result.cost()));
    out.println();
    Table table = new Table("STEP", "STATE", "COST", "CLIP");
    for (ChainResult.Step step : result.steps()) {
      table.row(
          step.id(),
          step.state().inWords(),
          step.result() == null ? "" : Words.of(step.result().cost()),
          step.result() == null
              ? ""
              : Words.location(
                  step.result().artifacts().get(0).location(), cli.workingDirectory()));
    }
    table.print(out);
  }

  void failed(ChainFailedException failed) {
    String status = failed.ending().name().toLowerCase(Locale.ROOT);
    if (json) {
      Map<String, Object> object = Reports.object(failed.workflowId(), status);
      object.put("message", failed.getMessage());
      failed.failure().ifPresent(failure -> object.put("failure", failure));
      reports.json(object);
      return;
    }
    reports.ended(failed.ending(), failed.workflowId());
    failed
        .failure()
        .ifPresentOrElse(
            failure -> {
              reports.line("why", failure.type().meaning());
              reports.line("step", failure.step());
              reports.line(
                  "problem",
                  failure.cause() == null ? failure.problem() : failure.cause().type().meaning());
              reports.line("cost", failure.charged().sentence());
              reports.line("to do", failure.advice());
              violations(failure.violations());
            },
            () -> reports.line("why", failed.getMessage()));
  }

  private void violations(List<Violation> violations) {
    violations.forEach(violation -> out.println("  " + Words.printable(violation.toString())));
  }
}
