package seedance.client.cli;

import java.util.Map;
import seedance.client.EndedRuns;
import seedance.client.LeftBehind;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.request.StepReference;

/** What a generation left behind, as JSON. */
final class Remains {
  private Remains() {}

  static Charged charged(LeftBehind left) {
    return left instanceof LeftBehind.Clip
        ? Charged.YES
        : left.mayBeCharged() ? Charged.MAYBE : Charged.NO;
  }

  static JsonObject json(Cli cli, String id, LeftBehind left) {
    JsonObject object =
        new JsonObject()
            .with("what", name(left))
            .with("charged", charged(left))
            .with("taskId", left.task())
            .with("earlier", left.beside());
    if (left instanceof LeftBehind.UnknownSubmission unknown) {
      object.with("candidates", unknown.candidates());
    } else if (left instanceof LeftBehind.Clip clip) {
      object.with("manifest", clip.manifest());
    }
    return object.with(
        "commands", Suggestion.fetching(cli, id, left).stream().map(Suggestion::command).toList());
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
  static JsonObject json(Cli cli, String chainId, Map<String, LeftBehind> steps) {
    JsonObject object = new JsonObject();
    steps.forEach((step, left) -> object.with(step, json(cli, generation(chainId, step), left)));
    return object;
  }

  /** The id of a step's generation, for a command. */
  static String generation(String chainId, String step) {
    return StepReference.workflowId(chainId, step.equals(EndedRuns.ANY_STEP) ? "STEP" : step);
  }
}
