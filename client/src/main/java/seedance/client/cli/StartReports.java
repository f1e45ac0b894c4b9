package seedance.client.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import seedance.client.DifferentRequestException;
import seedance.client.GenerationFailedException;
import seedance.client.LeftBehind;
import seedance.client.MayBeChargedException;
import seedance.workflows.json.Violation;

/** What came of a start, and why nothing was started. */
final class StartReports {
  private final Cli cli;

  StartReports(Cli cli) {
    this.cli = cli;
  }

  /** What a person should know before; in JSON, {@link #started} has it. */
  Report notes(List<String> notes) {
    return new Report(
        Stream::empty,
        () ->
            notes.forEach(note -> cli.terminal().err().println(Words.printable("note: " + note))));
  }

  Report started(String workflowId, List<String> notes) {
    return Report.of(
        JsonObject.about(workflowId, "running").with("notes", notes),
        cli.terminal().out(),
        "Started " + Visible.oneLine(workflowId));
  }

  /**
   * It breaks the rules.
   *
   * @param what it is called as a whole
   */
  Report invalid(String what, List<Violation> violations) {
    return Report.of(
        new JsonObject().with("status", "invalid").with("violations", violations),
        cli.terminal().err(),
        violations.stream().map(violation -> Words.of(violation, what)).toArray(String[]::new));
  }

  /** One of that id was started with something else. */
  Report different(DifferentRequestException different) {
    String workflowId = different.workflowId();
    return Report.of(
        JsonObject.about(workflowId, "different").with("differences", different.paths()),
        cli.terminal().err(),
        Words.printable("Nothing was started: " + different.getMessage() + "."),
        "An id makes one clip or chain. Choose another id, or see what is there:",
        "  " + cli.commandOn(workflowId, "show"));
  }

  /** It could be a second bill. */
  Report mayBeCharged(MayBeChargedException refused) {
    String workflowId = refused.ending().workflowId();
    Optional<LeftBehind> left = refused.leftBehind();
    List<String> lines = new ArrayList<>();
    lines.add(Words.printable("Nothing was started: " + inWords(refused)));
    left.ifPresent(
        what ->
            Suggestion.fetching(cli, workflowId, what)
                .forEach(command -> lines.add("  " + command.line())));
    lines.add("With --again it is started all the same, and charged again.");
    return Report.of(
        JsonObject.about(workflowId, "mayBeCharged")
            .with("message", refused.getMessage())
            .with("left", left.map(what -> Remains.json(cli, workflowId, what))),
        cli.terminal().err(),
        lines.toArray(String[]::new));
  }

  /** Commands follow, so what Java would do about it is left out where there are no last words. */
  private static String inWords(MayBeChargedException refused) {
    GenerationFailedException ending = refused.ending();
    return ending.failure().isPresent() || ending.leftBehind().isEmpty()
        ? String.valueOf(refused.getMessage())
        : "an earlier generation %s may be charged: %s. By its history: %s."
            .formatted(
                ending.workflowId(),
                ending.ending().withoutLastWords(),
                ending.leftBehind().get().inWords());
  }
}
