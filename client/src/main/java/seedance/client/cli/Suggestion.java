package seedance.client.cli;

import java.math.RoundingMode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import seedance.client.LeftBehind;
import seedance.workflows.chain.ChainProgress;
import seedance.workflows.chain.StepChoice;
import seedance.workflows.chain.StepProgress;
import seedance.workflows.chain.TotalCost;
import seedance.workflows.generation.DecisionCommand;
import seedance.workflows.generation.Progress;
import seedance.workflows.generation.Progress.Stage;
import seedance.workflows.request.Money;

/**
 * A command that can be copied: each decision that someone can take, and what goes on with what an
 * end has left.
 *
 * @param meaning what it is for, or when it is right; empty where the command says it
 */
record Suggestion(String command, String meaning) {
  private static final int TASKS_WITH_A_LINE = 3;

  String line() {
    return meaning.isEmpty() ? command : command + "  (" + meaning + ")";
  }

  /** What prints a link to a stored file; empty where whoever reads this has the file. */
  static Optional<String> link(Cli cli, String id, URI location) {
    return "file".equals(location.getScheme())
        ? Optional.empty()
        : Optional.of(cli.commandOn(id, "url"));
  }

  /** About a generation; empty where nothing is to be decided. */
  static List<Suggestion> decisions(Cli cli, String id, Progress progress) {
    if (progress.stage() != Stage.DECIDE) {
      return List.of();
    }
    List<Suggestion> decisions = new ArrayList<>();
    List<String> tasks =
        progress.unknownSubmission() == null
            ? List.of()
            : progress.unknownSubmission().candidates();
    decisions.addAll(
        ofTasks(
            tasks, "the task is there", task -> cli.commandOn(id, DecisionCommand.adopt(task))));
    decisions.add(
        new Suggestion(
            cli.commandOn(id, DecisionCommand.resubmit()),
            "there is none, or a second charge is acceptable"));
    decisions.add(new Suggestion(cli.commandOn(id, DecisionCommand.fail("REASON")), "give up"));
    return decisions;
  }

  /** About a step of a chain; empty where nothing is to be decided. */
  static List<Suggestion> decisions(
      Cli cli, String chainId, ChainProgress chain, StepProgress step) {
    return step.choices().stream().map(choice -> of(cli, chainId, chain, step, choice)).toList();
  }

  private static Suggestion of(
      Cli cli, String id, ChainProgress chain, StepProgress step, StepChoice choice) {
    return switch (choice) {
      case APPROVE -> withAnotherRequest(cli.commandOn(id, DecisionCommand.approve(step.id())));
      case RETRY -> withAnotherRequest(cli.commandOn(id, DecisionCommand.retry(step.id())));
      case RAISE_BUDGET -> raiseBudget(cli, id, chain);
      case SKIP ->
          new Suggestion(cli.commandOn(id, DecisionCommand.skip(step.id())), "go on without it");
      case REJECT ->
          new Suggestion(
              cli.commandOn(id, DecisionCommand.reject(step.id(), "REASON")),
              "give it up, and all that is made from it");
    };
  }

  private static Suggestion withAnotherRequest(String command) {
    return new Suggestion(command, "with another request: --request BODY.json");
  }

  private static Suggestion raiseBudget(Cli cli, String id, ChainProgress chain) {
    Money toCome = chain.toCome();
    if (toCome == null) {
      return new Suggestion(cli.commandOn(id, DecisionCommand.raiseBudget("AMOUNT")), "");
    }
    Money all =
        Optional.ofNullable(chain.cost())
            .flatMap(TotalCost::money)
            .map(spent -> spent.plus(toCome))
            .orElse(toCome);
    String amount = all.amount().setScale(0, RoundingMode.UP).toPlainString();
    return new Suggestion(
        cli.commandOn(id, DecisionCommand.raiseBudget(amount)), "enough for the whole chain");
  }

  /** What fetches what a generation has left; empty where nothing is to be done. */
  static List<Suggestion> fetching(Cli cli, String id, LeftBehind left) {
    UnaryOperator<String> adopt = task -> cli.command("generate", "--id", id, "--adopt", task);
    String ifListed = "the service's list of tasks shows one";
    if (left instanceof LeftBehind.Task task) {
      return List.of(
          new Suggestion(
              adopt.apply(task.taskId()),
              "fetches its clip; nothing is submitted, nor charged twice"));
    } else if (left instanceof LeftBehind.UnknownSubmission unknown) {
      return ofTasks(unknown.candidates(), ifListed, adopt);
    } else if (left instanceof LeftBehind.NotKnown) {
      return ofTasks(List.of(), ifListed, adopt);
    }
    return left instanceof LeftBehind.GoesOn
        ? List.of(new Suggestion(cli.commandOn(id, "show", "--follow"), "waits for its end"))
        : List.of();
  }

  /** One for each task that may be the one; where they are none or too many, one for any. */
  private static List<Suggestion> ofTasks(
      List<String> tasks, String meaningOfAny, UnaryOperator<String> command) {
    return tasks.isEmpty() || tasks.size() > TASKS_WITH_A_LINE
        ? List.of(new Suggestion(command.apply("TASK-ID"), meaningOfAny))
        : tasks.stream()
            .map(task -> new Suggestion(command.apply(task), "this task is the one"))
            .toList();
  }
}
