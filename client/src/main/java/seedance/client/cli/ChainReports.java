package seedance.client.cli;

import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowServiceException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import seedance.client.BegunStep;
import seedance.client.ChainDetail;
import seedance.client.ChainFailedException;
import seedance.client.ChainHandle;
import seedance.client.EndedRuns;
import seedance.client.Ending;
import seedance.client.LeftBehind;
import seedance.client.NoWorkerAnswersException;
import seedance.client.cli.Terminal.Coloured;
import seedance.workflows.chain.ChainFailure;
import seedance.workflows.chain.ChainProgress;
import seedance.workflows.chain.ChainResult;
import seedance.workflows.chain.StepProgress;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.Progress;
import seedance.workflows.request.Money;

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

  void running(String workflowId, ChainDetail detail) {
    ChainProgress progress = detail.progress();
    if (json) {
      Map<String, Object> object = Reports.object(workflowId, "running");
      object.put("progress", progress);
      object.put("generations", detail.generations());
      reports.json(object);
      return;
    }
    reports.line("id", Visible.oneLine(workflowId));
    reports.line("stage", progress.stage());
    cost(progress);
    reports.line("to come", progress.toCome() == null ? null : atMost(progress.toCome()));
    reports.line("budget", progress.budget() == null ? null : progress.budget().exactlyInWords());
    notesAndGraph(progress);
    table(detail, Words::of);
    for (StepProgress step : progress.steps()) {
      Progress generation = detail.generations().get(step.id());
      if (generation == null) {
        more(step, step.problem(), NextSteps.commands(cli, workflowId, progress, step));
      } else {
        more(
            step,
            Words.withNextLook(generation, Instant.now()),
            NextSteps.commands(cli, step.workflowId(), generation));
      }
    }
  }

  private void notesAndGraph(ChainProgress progress) {
    progress.notes().forEach(note -> reports.line("note", note));
    out.println();
    if (progress.graph() != null) {
      progress.graph().lines().forEach(line -> out.println("  " + Words.printable(line)));
      out.println();
    }
  }

  private void table(ChainDetail detail, Function<StepProgress, String> state) {
    Table table = new Table("STEP", "STATE", "COST", "CLIP");
    for (StepProgress step : detail.progress().steps()) {
      Progress generation = detail.generations().get(step.id());
      boolean asks = generation != null && generation.stage() == Progress.Stage.DECIDE;
      table.row(
          step.id(),
          asks ? "waits for your decision" : state.apply(step),
          cost(step),
          step.clip() == null ? "" : Words.location(step.clip(), cli.workingDirectory()));
    }
    table.print(out);
  }

  /** What does not fit the table, named by the step; nothing where there is nothing more. */
  private void more(StepProgress step, String said, List<String> commands) {
    if (said == null && commands.isEmpty()) {
      return;
    }
    out.println();
    out.println(Words.printable(step.id() + ": " + (said == null ? step.summary() : said)));
    commands.forEach(command -> out.println("  " + command));
  }

  private static String cost(StepProgress step) {
    if (step.cost() != null) {
      return step.cost().inWords();
    }
    return step.worstCase() == null ? "" : atMost(step.worstCase());
  }

  private static String atMost(Money money) {
    return "at most " + money.inWordsAtMost();
  }

  private void cost(ChainProgress progress) {
    reports.line("cost", progress.cost() == null ? null : progress.cost().inWords());
  }

  void succeeded(ChainHandle chain, ChainResult result) {
    if (json) {
      Map<String, Object> object = Reports.object(chain.workflowId(), "succeeded");
      object.put("result", result);
      reports.json(object);
      return;
    }
    cli.terminal().line(Coloured.green("Done"), "  " + Visible.oneLine(chain.workflowId()));
    if (result.film() != null) {
      reports.line("film", Words.location(result.film().location(), cli.workingDirectory()));
    }
    reports.line(result.film() == null ? "no film" : "but", result.filmProblem());
    reports.line("manifest", Words.location(result.manifest(), cli.workingDirectory()));
    reports.line("cost", result.cost() == null ? null : result.cost().inWords());
    atItsEnd(chain).map(ChainDetail::progress).ifPresentOrElse(this::notesAndGraph, out::println);
    Table table = new Table("STEP", "STATE", "COST", "CLIP");
    for (ChainResult.Step step : result.steps()) {
      GenerationResult made = step.result();
      table.row(
          step.id(),
          step.state().inWords(),
          made == null ? "" : Words.of(made.cost()),
          made == null ? "" : Words.location(made.clip().location(), cli.workingDirectory()));
    }
    table.print(out);
  }

  /** How it failed, what became of every step, and how what is paid for is not paid again. */
  void failed(ChainFailedException failed, ChainHandle chain) {
    boolean isTerminated = failed.ending() == Ending.TERMINATED;
    Optional<ChainDetail> end = isTerminated ? Optional.empty() : atItsEnd(chain);
    Map<String, BegunStep> begun = begun(chain);
    Map<String, LeftBehind> left = EndedRuns.left(begun);
    String status = failed.ending().name().toLowerCase(Locale.ROOT);
    if (json) {
      Map<String, Object> object = Reports.object(failed.workflowId(), status);
      object.put("message", failed.getMessage());
      failed.failure().ifPresent(failure -> object.put("failure", failure));
      end.ifPresent(detail -> object.put("progress", detail.progress()));
      if (!left.isEmpty()) {
        object.put("left", Remains.json(cli, failed.workflowId(), left));
      }
      reports.json(object);
      return;
    }
    reports.ended(failed.ending(), failed.workflowId());
    failed.failure().ifPresentOrElse(this::why, () -> reports.line("why", failed.getMessage()));
    if (end.isPresent()) {
      steps(end.get());
      left.forEach((step, what) -> left(failed.workflowId(), step, what));
    } else {
      reports.line(
          "steps",
          (isTerminated
                  ? "Temporal cannot ask a terminated chain"
                  : "no worker says how they ended")
              + (begun.isEmpty() ? "; none was begun" : "; each step has its own workflow:"));
      begun.forEach((step, its) -> begun(failed.workflowId(), step, its));
    }
    if (end.map(ChainReports::hasClips).orElse(true)) {
      out.println();
      out.println("A new chain under another id reuses each step that was made from the same");
      out.println("request, and pays only the rest. Its options are those of this one and:");
      out.println("  {…, \"reuse\": \"" + Visible.oneLine(failed.workflowId()) + "\"}");
      out.println("  " + cli.command("chain", "CHAIN.json", "--options", "OPTIONS.json"));
    }
  }

  /** What a step has left, and the commands that fetch it. */
  private void left(String chainId, String step, LeftBehind what) {
    title(step, what.inWords());
    Remains.commands(cli, Remains.generation(chainId, step), what)
        .forEach(command -> out.println("  " + command.line()));
  }

  /** The same of one of which the chain does not tell, with the command that shows it. */
  private void begun(String chainId, String step, BegunStep its) {
    if (its.left() != null) {
      left(chainId, step, its.left());
    } else if (its.made() == null) {
      title(step, "it left nothing to be fetched");
    } else {
      title(
          step,
          "done: %s; cost %s"
              .formatted(
                  Words.location(its.made().clip().location(), cli.workingDirectory()),
                  Words.of(its.made().cost())));
    }
    if (!(its.left() instanceof LeftBehind.GoesOn)) {
      out.println("  " + cli.commandOn(Remains.generation(chainId, step), "show"));
    }
  }

  private void title(String step, String said) {
    out.println();
    String which = step.equals(EndedRuns.ANY_STEP) ? "any other step" : step;
    out.println(Words.printable(which + ": " + said));
  }

  private void why(ChainFailure failure) {
    GenerationFailure cause = failure.cause();
    reports.line("why", failure.type().meaning());
    reports.line("step", failure.step());
    if (cause == null) {
      reports.line("problem", failure.problem());
    } else {
      reports.line("problem", cause.type().meaning());
      reports.facts(cause);
    }
    reports.line(failure.step() == null ? "charged" : "the step", failure.charged().sentence());
    reports.line("to do", failure.advice());
    failure.violations().forEach(broken -> out.println("  " + Words.printable(broken.toString())));
  }

  private void steps(ChainDetail end) {
    if (end.progress().steps().isEmpty()) {
      return;
    }
    cost(end.progress());
    notesAndGraph(end.progress());
    table(end, step -> Words.printable(step.inWordsAtTheEnd()));
    for (StepProgress step : end.progress().steps()) {
      Progress generation = end.generations().get(step.id());
      String said = generation == null ? step.problem() : Words.of(generation);
      more(
          step,
          said,
          said == null || step.workflowId() == null
              ? List.of()
              : List.of(cli.commandOn(step.workflowId(), "show")));
    }
  }

  private static Map<String, BegunStep> begun(ChainHandle chain) {
    try {
      return chain.begun();
    } catch (WorkflowNotFoundException | WorkflowServiceException unanswered) {
      return Map.of(EndedRuns.ANY_STEP, new BegunStep(null, new LeftBehind.NotKnown()));
    }
  }

  private static boolean hasClips(ChainDetail end) {
    return end.progress().steps().stream().anyMatch(step -> step.clip() != null);
  }

  /** Empty where no worker says it, or the workflow is not of ours. */
  private static Optional<ChainDetail> atItsEnd(ChainHandle chain) {
    try {
      return Optional.of(chain.detail());
    } catch (NoWorkerAnswersException | WorkflowQueryException | WorkflowNotFoundException none) {
      return Optional.empty();
    }
  }
}
