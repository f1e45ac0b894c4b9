package seedance.client.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import seedance.client.TimeLeft;
import seedance.workflows.generation.Progress;

/** One line for each generation, drawn again several times a second. */
final class LiveProgress implements ProgressView {
  private static final String[] SPINNER = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};

  private final Terminal terminal;
  private final int nameColumns;
  private final Map<String, Function<Instant, String>> lines = new LinkedHashMap<>();
  private final Map<String, Double> shares = new HashMap<>();
  private Instant began = Instant.now();
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "live-progress");
            thread.setDaemon(true);
            return thread;
          });
  private int drawn;
  private boolean closed;
  private int frame;

  LiveProgress(Terminal terminal, List<String> names) {
    this.terminal = terminal;
    this.nameColumns = names.stream().mapToInt(TextWidth::of).max().orElse(0);
    names.forEach(name -> lines.put(name, now -> spinner() + " Starting"));
    ticks.scheduleWithFixedDelay(this::draw, 0, 150, TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void began(Instant at) {
    began = at;
  }

  @Override
  public synchronized void show(String name, Progress progress, List<Suggestion> below) {
    String rest = below.stream().map(more -> "\n    " + more.line()).collect(Collectors.joining());
    Instant since = progress.startedAt() == null ? began : progress.startedAt();
    lines.put(
        name,
        now -> since(since, now) + bar(name, progress, now) + Words.passing(progress, now) + rest);
  }

  /** It never goes back, whatever was learnt meanwhile. */
  private String bar(String name, Progress progress, Instant now) {
    Optional<TimeLeft> left = TimeLeft.of(progress, now).filter(time -> !time.isQueued());
    if (left.isEmpty()) {
      shares.remove(name);
      return "";
    }
    return Bar.of(shares.merge(name, left.get().share(), Math::max)) + "  ";
  }

  /** Of the whole, since it began; a part that waits for others has no time of its own. */
  @Override
  public synchronized void going(String name, String words) {
    lines.put(name, now -> (name.equals(THE_WHOLE) ? since(began, now) : spinner() + " ") + words);
  }

  @Override
  public synchronized void say(String name, String text) {
    lines.put(name, now -> text);
  }

  private String since(Instant begin, Instant now) {
    return spinner() + " " + Words.of(Duration.between(begin, now)) + "  ";
  }

  private String spinner() {
    return SPINNER[frame % SPINNER.length];
  }

  private synchronized void draw() {
    if (closed) {
      return;
    }
    Instant now = Instant.now();
    List<String> rows = rows(now);
    terminal.redraw(drawn, rows);
    drawn = rows.size();
    frame++;
  }

  private List<String> rows(Instant now) {
    List<String> rows = new ArrayList<>();
    lines.forEach(
        (name, line) -> {
          String label = nameColumns == 0 ? "" : TextWidth.padded(name, nameColumns) + "  ";
          (label + line.apply(now))
              .lines()
              .map(Visible::of)
              .map(row -> TextWidth.cut(row, terminal.columns() - 1))
              .forEach(rows::add);
        });
    return rows;
  }

  @Override
  public synchronized void close() {
    draw();
    closed = true;
    ticks.shutdownNow();
  }
}
