package seedance.client.cli;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import seedance.client.TimeLeft;
import seedance.workflows.generation.Progress;

/** One plain line for each change, with the time of day. */
final class PlainProgress implements ProgressView {
  private final Terminal terminal;
  private final int nameColumns;
  private final Map<String, String> shown = new HashMap<>();

  PlainProgress(Terminal terminal, List<String> names) {
    this.terminal = terminal;
    this.nameColumns = names.stream().mapToInt(TextWidth::of).max().orElse(0);
  }

  @Override
  public synchronized void show(String name, Progress progress, List<Suggestion> below) {
    String words = Words.of(progress);
    if (words.equals(shown.put(name, words))) {
      return;
    }
    Instant now = Instant.now();
    StringBuilder line = new StringBuilder(words);
    TimeLeft.of(progress, now)
        .filter(left -> !left.isQueued())
        .ifPresent(
            left ->
                line.append(left.isLate() ? ", later than usual" : "")
                    .append(", expected at ")
                    .append(Words.clock(now.plus(left.likely()))));
    if (progress.nextLookAt() != null) {
      line.append(", next look at ").append(Words.clock(progress.nextLookAt()));
    }
    print(name, line.toString());
    below.forEach(more -> terminal.out().println("          " + more.line()));
  }

  @Override
  public synchronized void going(String name, String words) {
    print(name, words);
  }

  @Override
  public synchronized void say(String name, String text) {
    print(name, text);
  }

  private void print(String name, String text) {
    String label = nameColumns == 0 ? "" : TextWidth.padded(name, nameColumns) + "  ";
    terminal.out().println(Words.clock(Instant.now()) + "  " + label + text);
  }

  @Override
  public void close() {}
}
