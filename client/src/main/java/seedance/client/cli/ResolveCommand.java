package seedance.client.cli;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seedance.client.GenerationHandle;
import seedance.workflows.generation.Progress;
import seedance.workflows.generation.SubmissionDecision;
import seedance.workflows.json.Violation;

@Command(
    name = "resolve",
    description = {
      "Decides about an unknown submission: its answer was lost, so a task may exist and be"
          + " charged.",
      "show says what is known; list --needs-decision names the generations that wait."
    })
final class ResolveCommand implements Callable<Integer> {
  private final Cli cli;

  @Parameters(
      paramLabel = "ID",
      converter = WorkflowIdConverter.class,
      description = "The generation's id.")
  private String id;

  @ArgGroup(multiplicity = "1")
  private Choice choice;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  ResolveCommand(Cli cli) {
    this.cli = cli;
  }

  /** Exactly one of them is given. */
  static final class Choice {
    @Option(
        names = "--adopt",
        paramLabel = "TASK-ID",
        description = "The submission made this task: await it and store its clip.")
    private @Nullable String taskId;

    @Option(
        names = "--resubmit",
        description = "It made none, or a second charge is acceptable: submit again.")
    private boolean resubmit;

    @Option(names = "--fail", paramLabel = "REASON", description = "Give the generation up.")
    private @Nullable String reason;

    SubmissionDecision decision() {
      if (taskId != null) {
        return new SubmissionDecision.Adopt(taskId);
      }
      return resubmit
          ? new SubmissionDecision.Resubmit()
          : new SubmissionDecision.Fail(Objects.requireNonNull(reason, "one of them is required"));
    }
  }

  @Override
  public Integer call() {
    Output output = new Output(cli, json);
    SubmissionDecision decision = choice.decision();
    List<Violation> violations = SubmissionDecision.check(decision.json()).violations();
    if (!violations.isEmpty()) {
      output.print(new StartReports(cli).invalid("the decision", violations));
      return ExitCode.INVALID;
    }
    try (Connection connection = Connection.open(cli.environment())) {
      Existing existing = Existing.find(cli, connection.seedance(), id);
      GenerationHandle generation = existing.generation();
      return existing.change(output, () -> taken(decision, generation.resolve(decision)));
    }
  }

  private Report taken(SubmissionDecision decision, Progress progress) {
    return Report.of(
        JsonObject.about(id, "running")
            .with("decision", decision.json())
            .with("progress", progress),
        cli.terminal().out(),
        next(decision));
  }

  private String next(SubmissionDecision decision) {
    String shown = Visible.oneLine(id);
    if (decision instanceof SubmissionDecision.Adopt adopt) {
      return "%s goes on with %s: it is awaited and its clip stored, with no second charge.\n  %s"
          .formatted(shown, Visible.oneLine(adopt.taskId()), cli.commandOn(id, "show", "--follow"));
    }
    if (decision instanceof SubmissionDecision.Fail) {
      return "%s ends as SubmissionUnknown, with your reason.\n  %s"
          .formatted(shown, cli.commandOn(id, "show"));
    }
    return "%s is submitted again. If the lost submission made a task all the same, both are charged.\n  %s"
        .formatted(shown, cli.commandOn(id, "show", "--follow"));
  }
}
