package seedance.client.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seedance.client.EndedRuns;
import seedance.client.LeftBehind;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.request.StepReference;

/** What a generation left behind, and the commands that fetch it. */
final class Remains {
  private static final int TASKS_WITH_A_LINE = 3;

  private Remains() {}

  /**
   * A command that can be copied.
   *
   * @param meaning what it is for, or when it is right
   */
  record Suggestion(String command, String meaning) {
    String line() {
      return command + "  (" + meaning + ")";
    }
  }

  /**
   * The commands that go on with it; empty where nothing is left to be done.
   *
   * @param id the generation's
   */
  static List<Suggestion> commands(Cli cli, String id, LeftBehind left) {
    List<Suggestion> commands = new ArrayList<>();
    if (left instanceof LeftBehind.Task task) {
      commands.add(
          adopt(
              cli, id, task.taskId(), "fetches its clip; nothing is submitted, nor charged twice"));
    } else if (left instanceof LeftBehind.UnknownSubmission unknown
        && !unknown.candidates().isEmpty()
        && unknown.candidates().size() <= TASKS_WITH_A_LINE) {
      unknown
          .candidates()
          .forEach(task -> commands.add(adopt(cli, id, task, "this task is the one")));
    } else if (left instanceof LeftBehind.UnknownSubmission
        || left instanceof LeftBehind.NotKnown) {
      commands.add(adopt(cli, id, "TASK-ID", "the service's list of tasks shows one"));
    } else if (left instanceof LeftBehind.GoesOn) {
      commands.add(new Suggestion(cli.commandOn(id, "show", "--follow"), "waits for its end"));
    }
    return commands;
  }

  private static Suggestion adopt(Cli cli, String id, String task, String meaning) {
    return new Suggestion(cli.command("generate", "--id", id, "--adopt", task), meaning);
  }

  static Charged charged(LeftBehind left) {
    return left instanceof LeftBehind.Clip
        ? Charged.YES
        : left.mayBeCharged() ? Charged.MAYBE : Charged.NO;
  }

  static Map<String, Object> json(Cli cli, String id, LeftBehind left) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("what", name(left));
    object.put("charged", charged(left));
    left.task().ifPresent(task -> object.put("taskId", task));
    left.beside().ifPresent(earlier -> object.put("earlier", earlier));
    if (left instanceof LeftBehind.UnknownSubmission unknown) {
      object.put("candidates", unknown.candidates());
    } else if (left instanceof LeftBehind.Clip clip) {
      object.put("manifest", clip.manifest());
    }
    object.put("commands", commands(cli, id, left).stream().map(Suggestion::command).toList());
    return object;
  }

  private static String name(LeftBehind left) {
    if (left instanceof LeftBehind.Task) {
      return "task";
    } else if (left instanceof LeftBehind.Clip) {
      return "clip";
    } else if (left instanceof LeftBehind.UnknownSubmission) {
      return "unknownSubmission";
    } else if (left instanceof LeftBehind.Nothing) {
      return "nothing";
    }
    return left instanceof LeftBehind.GoesOn ? "goesOn" : "notKnown";
  }

  /**
   * Of the steps of a chain.
   *
   * @param steps by the step's id
   */
  static Map<String, Object> json(Cli cli, String chainId, Map<String, LeftBehind> steps) {
    Map<String, Object> object = new LinkedHashMap<>();
    steps.forEach((step, left) -> object.put(step, json(cli, generation(chainId, step), left)));
    return object;
  }

  /** The id of a step's generation, for a command. */
  static String generation(String chainId, String step) {
    return StepReference.workflowId(chainId, step.equals(EndedRuns.ANY_STEP) ? "STEP" : step);
  }
}
