package seedance.client.cli;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import seedance.workflows.chain.ChainProgress;
import seedance.workflows.chain.StepChoice;
import seedance.workflows.chain.StepProgress;
import seedance.workflows.chain.TotalCost;
import seedance.workflows.generation.Progress;
import seedance.workflows.generation.UnknownSubmission;
import seedance.workflows.request.Money;

/** What a generation waits for, and what whoever looks at it can do about it. */
final class NextSteps {
  private static final int TASKS_WITH_A_LINE = 3;

  private NextSteps() {}

  /** In a sentence; null where the stage says it. */
  static String waitsFor(Progress progress) {
    return switch (progress.stage()) {
      case RECONCILE ->
          "a sign of the lost task: its receipt, the service's list or a callback; nothing is sent"
              + " meanwhile";
      case DECIDE ->
          "your decision; nothing is sent until then. A sign of the task settles it as well";
      case CANCEL ->
          "the service's word on whether the task is cancelled; one that runs already goes on and is"
              + " charged";
      default -> null;
    };
  }

  /** The commands that decide, one a line with its reason; empty where nothing is to be decided. */
  static List<String> commands(Cli cli, String id, Progress progress) {
    return switch (progress.stage()) {
      case DECIDE -> decisions(cli, id, progress.unknownSubmission());
      default -> List.of();
    };
  }

  /** The commands that decide about a step; empty where nothing is to be decided. */
  static List<String> commands(Cli cli, String id, ChainProgress chain, StepProgress step) {
    return step.choices().stream().map(choice -> command(cli, id, chain, step, choice)).toList();
  }

  private static String command(
      Cli cli, String id, ChainProgress chain, StepProgress step, StepChoice choice) {
    return switch (choice) {
      case APPROVE -> withAnotherRequest(cli.commandOn(id, "approve", step.id()));
      case RETRY -> withAnotherRequest(cli.commandOn(id, "retry", step.id()));
      case RAISE_BUDGET -> raiseBudget(cli, id, chain);
      case SKIP -> cli.commandOn(id, "skip", step.id()) + "  (go on without it)";
      case REJECT ->
          cli.commandOn(id, "approve", step.id(), "--reject", "REASON")
              + "  (give it up, and all that is made from it)";
    };
  }

  private static String withAnotherRequest(String command) {
    return command + "  (with another request: --request BODY.json)";
  }

  private static String raiseBudget(Cli cli, String id, ChainProgress chain) {
    if (chain.toCome() == null) {
      return cli.commandOn(id, "raise-budget", "AMOUNT");
    }
    Money all =
        Optional.ofNullable(chain.cost())
            .flatMap(TotalCost::money)
            .map(spent -> spent.plus(chain.toCome()))
            .orElse(chain.toCome());
    String amount = all.amount().setScale(0, RoundingMode.UP).toPlainString();
    return cli.commandOn(id, "raise-budget", amount) + "  (enough for the whole chain)";
  }

  private static List<String> decisions(Cli cli, String id, UnknownSubmission submission) {
    List<String> tasks = submission == null ? List.of() : submission.candidates();
    List<String> lines = new ArrayList<>();
    if (tasks.isEmpty() || tasks.size() > TASKS_WITH_A_LINE) {
      lines.add(adopt(cli, id, "TASK-ID", "the task is there"));
    } else {
      tasks.forEach(task -> lines.add(adopt(cli, id, task, "this task is the one")));
    }
    lines.add(
        cli.commandOn(id, "resolve", "--resubmit")
            + "  (there is none, or a second charge is acceptable)");
    lines.add(cli.commandOn(id, "resolve", "--fail", "REASON") + "  (give up)");
    return lines;
  }

  private static String adopt(Cli cli, String id, String task, String when) {
    return "%s  (%s)".formatted(cli.commandOn(id, "resolve", "--adopt", task), when);
  }
}
