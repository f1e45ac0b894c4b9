package seedance.client.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seedance.client.DifferentRequestException;
import seedance.client.GenerationFailedException;
import seedance.client.LeftBehind;
import seedance.client.MayBeChargedException;

/** Says why a start of an id that is there already started nothing: on {@code err}, or as JSON. */
final class RefusedStarts {
  private final Cli cli;
  private final boolean json;
  private final PrintStream err;

  RefusedStarts(Cli cli, boolean json) {
    this.cli = cli;
    this.json = json;
    this.err = cli.terminal().err();
  }

  /** It was started with something else. */
  void different(DifferentRequestException different) {
    String workflowId = different.workflowId();
    if (json) {
      Map<String, Object> object = Reports.object(workflowId, "different");
      object.put("differences", different.paths());
      new Reports(cli, true).json(object);
      return;
    }
    err.println(Words.printable("Nothing was started: " + different.getMessage() + "."));
    err.println(
        "An id makes one clip or chain. Choose another id, or see what is there:\n  "
            + cli.commandOn(workflowId, "show"));
  }

  /** It could be a second bill. */
  void mayBeCharged(MayBeChargedException refused) {
    String workflowId = refused.earlier().workflowId();
    Optional<LeftBehind> left = refused.leftBehind();
    if (json) {
      Map<String, Object> object = Reports.object(workflowId, "mayBeCharged");
      object.put("message", refused.getMessage());
      left.ifPresent(what -> object.put("left", Remains.json(cli, workflowId, what)));
      new Reports(cli, true).json(object);
      return;
    }
    err.println(Words.printable("Nothing was started: " + inWords(refused)));
    left.map(what -> Remains.commands(cli, workflowId, what)).stream()
        .flatMap(List::stream)
        .forEach(command -> err.println("  " + command.line()));
    err.println("With --again it is started all the same, and charged again.");
  }

  /** Commands follow, so what Java would do about it is left out where there are no last words. */
  private static String inWords(MayBeChargedException refused) {
    GenerationFailedException ending = refused.ending();
    return ending.failure().isPresent() || ending.leftBehind().isEmpty()
        ? refused.getMessage()
        : "an earlier generation %s may be charged: %s. By its history: %s."
            .formatted(
                ending.workflowId(),
                ending.ending().withoutLastWords(),
                ending.leftBehind().get().inWords());
  }
}
