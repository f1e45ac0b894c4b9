package seedance.client.cli;

import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowServiceException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import seedance.client.BegunStep;
import seedance.client.ChainDetail;
import seedance.client.ChainFailedException;
import seedance.client.ChainHandle;
import seedance.client.EndedRuns;
import seedance.client.Ending;
import seedance.client.LeftBehind;
import seedance.client.NoWorkerAnswersException;
import seedance.client.UnreadableAnswerException;
import seedance.workflows.chain.ChainFailure;
import seedance.workflows.chain.ChainProgress;
import seedance.workflows.chain.ChainResult;
import seedance.workflows.chain.StepProgress;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.Progress;
import seedance.workflows.request.Money;

/** Where a chain stands, and how it ended. */
final class ChainReports {
  private final Cli cli;
  private final Lines lines;

  ChainReports(Cli cli) {
    this.cli = cli;
    this.lines = new Lines(cli);
  }

  Report running(String id, ChainDetail detail) {
    return Report.of(
        () ->
            JsonObject.about(id, "running")
                .with("progress", detail.progress())
                .with("generations", detail.generations()),
        () -> print(id, detail));
  }

  private void print(String id, ChainDetail detail) {
    ChainProgress progress = detail.progress();
    lines.fact("id", Visible.oneLine(id));
    lines.fact("stage", progress.stage());
    cost(progress);
    lines.fact("to come", progress.toCome() == null ? null : atMost(progress.toCome()));
    lines.fact("budget", progress.budget() == null ? null : progress.budget().exactlyInWords());
    notesAndGraph(progress);
    table(detail, Words::of);
    for (StepProgress step : progress.steps()) {
      Progress generation = detail.generations().get(step.id());
      String workflowId = step.workflowId();
      if (generation == null || workflowId == null) {
        more(step, step.problem(), Suggestion.decisions(cli, id, progress, step));
      } else {
        more(
            step,
            Words.passing(generation, Instant.now()),
            Suggestion.decisions(cli, workflowId, generation));
      }
    }
  }

  private void notesAndGraph(ChainProgress progress) {
    progress.notes().forEach(note -> lines.fact("note", note));
    lines.blank();
    if (progress.graph() != null) {
      progress.graph().lines().forEach(line -> lines.below(Words.printable(line)));
      lines.blank();
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
          step.clip() == null ? "" : lines.location(step.clip()));
    }
    table.print(lines.out());
  }

  /** What does not fit the table, named by the step; nothing where there is nothing more. */
  private void more(StepProgress step, @Nullable String said, List<Suggestion> commands) {
    if (said != null || !commands.isEmpty()) {
      lines.titled(step.id(), said == null ? step.summary() : said);
      commands.forEach(command -> lines.below(command.line()));
    }
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
    lines.fact("cost", progress.cost() == null ? null : progress.cost().inWords());
  }

  Report succeeded(ChainHandle chain, ChainResult result) {
    return Report.of(
        () -> JsonObject.about(chain.workflowId(), "succeeded").with("result", result),
        () -> print(chain, result));
  }

  private void print(ChainHandle chain, ChainResult result) {
    lines.done(chain.workflowId());
    if (result.film() != null) {
      lines.fact("film", lines.location(result.film().location()));
      Suggestion.link(cli, chain.workflowId(), result.film().location())
          .ifPresent(line -> lines.fact("link", line));
    }
    lines.fact(result.film() == null ? "no film" : "but", result.filmProblem());
    lines.fact("manifest", lines.location(result.manifest()));
    lines.fact("cost", result.cost() == null ? null : result.cost().inWords());
    atItsEnd(chain).map(ChainDetail::progress).ifPresentOrElse(this::notesAndGraph, lines::blank);
    Table table = new Table("STEP", "STATE", "COST", "CLIP");
    for (ChainResult.Step step : result.steps()) {
      GenerationResult made = step.result();
      table.row(
          step.id(),
          step.state().inWords(),
          made == null ? "" : Words.of(made.cost()),
          made == null ? "" : lines.location(made.video().location()));
    }
    table.print(lines.out());
  }

  /** How it failed, what became of every step, and how what is paid for is not paid again. */
  Report failed(ChainHandle chain, ChainFailedException failed) {
    return Report.of(
        () -> object(failed, end(chain, failed), EndedRuns.left(begun(chain))),
        () -> print(failed, end(chain, failed), begun(chain)));
  }

  private static Optional<ChainDetail> end(ChainHandle chain, ChainFailedException failed) {
    return failed.ending() == Ending.TERMINATED ? Optional.empty() : atItsEnd(chain);
  }

  private JsonObject object(
      ChainFailedException failed, Optional<ChainDetail> end, Map<String, LeftBehind> left) {
    String id = failed.workflowId();
    return JsonObject.about(id, Words.status(failed.ending()))
        .with("message", failed.getMessage())
        .with("failure", failed.failure())
        .with("progress", end.map(ChainDetail::progress))
        .with("left", left.isEmpty() ? Optional.empty() : Remains.json(cli, id, left));
  }

  private void print(
      ChainFailedException failed, Optional<ChainDetail> end, Map<String, BegunStep> begun) {
    String id = failed.workflowId();
    lines.ended(failed.ending(), id);
    failed.failure().ifPresentOrElse(this::why, () -> lines.fact("why", failed.getMessage()));
    if (end.isPresent()) {
      steps(end.get());
      EndedRuns.left(begun).forEach((step, what) -> left(id, step, what));
    } else {
      lines.fact(
          "steps",
          (failed.ending() == Ending.TERMINATED
                  ? "Temporal cannot ask a terminated chain"
                  : "no worker says how they ended")
              + (begun.isEmpty() ? "; none was begun" : "; each step has its own workflow:"));
      begun.forEach((step, its) -> begun(id, step, its));
    }
    if (end.map(ChainReports::hasClips).orElse(true)) {
      lines.blank();
      lines
          .out()
          .println("A new chain under another id reuses each step that was made from the same");
      lines
          .out()
          .println("request, and pays only the rest. Its options are those of this one and:");
      lines.below("{…, \"reuse\": \"" + Visible.oneLine(id) + "\"}");
      lines.below(cli.command("chain", "CHAIN.json", "--options", "OPTIONS.json"));
    }
  }

  /** What a step has left, and the commands that fetch it. */
  private void left(String chainId, String step, LeftBehind what) {
    title(step, what.inWords());
    Suggestion.fetching(cli, Remains.generation(chainId, step), what)
        .forEach(command -> lines.below(command.line()));
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
                  lines.location(its.made().video().location()), Words.of(its.made().cost())));
    }
    if (!(its.left() instanceof LeftBehind.GoesOn)) {
      lines.below(cli.commandOn(Remains.generation(chainId, step), "show"));
    }
  }

  private void title(String step, String said) {
    lines.titled(step.equals(EndedRuns.ANY_STEP) ? "any other step" : step, said);
  }

  private void why(ChainFailure failure) {
    GenerationFailure cause = failure.cause();
    lines.fact("why", failure.type().meaning());
    lines.fact("step", failure.step());
    if (cause == null) {
      lines.fact("problem", failure.problem());
    } else {
      lines.fact("problem", cause.type().meaning());
      lines.facts(cause);
    }
    lines.fact(failure.step() == null ? "charged" : "the step", failure.charged().sentence());
    lines.fact("to do", failure.advice());
    lines.violations(failure.violations());
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
              : List.of(new Suggestion(cli.commandOn(step.workflowId(), "show"), "")));
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
    } catch (NoWorkerAnswersException
        | UnreadableAnswerException
        | WorkflowQueryException
        | WorkflowNotFoundException none) {
      return Optional.empty();
    }
  }
}
