package seedance.client.cli;

import java.io.PrintStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import seedance.client.Ending;
import seedance.client.cli.Terminal.Coloured;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.json.Violation;

/** What reports for people are made of: a first line, and facts below it. */
record Lines(Cli cli) {
  private static final int LABEL_COLUMNS = 9;

  PrintStream out() {
    return cli.terminal().out();
  }

  /** The first line about an end with a result. */
  void done(String workflowId) {
    cli.terminal().line(Coloured.green("Done"), "  " + Visible.oneLine(workflowId));
  }

  /** The first line about one without. */
  void ended(Ending ending, String workflowId) {
    String words = Words.status(ending).replace('_', ' ');
    String capital = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    cli.terminal().line(Coloured.red(capital), "  " + Visible.oneLine(workflowId));
  }

  /** One fact below the first line; nothing where there is none. */
  void fact(String label, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      below(TextWidth.padded(label, LABEL_COLUMNS) + "  " + Words.printable(value));
    }
  }

  void time(String label, @Nullable Instant time) {
    fact(label, time == null ? null : Words.dayAndClock(time));
  }

  /** What was seen, and what the service says of it. */
  void facts(GenerationFailure failure) {
    fact("problem", failure.problem());
    fact("earlier", failure.earlier());
    fact("says", failure.serviceMessage());
    fact("code", failure.code());
    fact("field", failure.param());
    fact("task", failure.taskId());
    fact("request", failure.requestId());
  }

  void violations(List<Violation> violations) {
    violations.forEach(violation -> below(Words.printable(violation.toString())));
  }

  /** A line of its own below the first one. */
  void below(String line) {
    out().println("  " + line);
  }

  void blank() {
    out().println();
  }

  /** What is said of one of several, apart from what was before. */
  void titled(String name, String said) {
    blank();
    out().println(Words.printable(name + ": " + said));
  }

  /** As people read it. */
  String location(URI location) {
    return Words.location(location, cli.workingDirectory());
  }
}
