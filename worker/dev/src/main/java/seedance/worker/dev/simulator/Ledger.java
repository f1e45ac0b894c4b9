package seedance.worker.dev.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Counts for one API key. */
final class Ledger {

  private final Map<String, Line> lines = new LinkedHashMap<>();
  private long creates;
  private long looks;
  private long lists;
  private long deletes;

  /** A request came in, whatever becomes of it. */
  synchronized void received(Operation operation, Optional<String> taskId) {
    Optional<Line> line = taskId.map(lines::get);
    switch (operation) {
      case CREATE -> creates++;
      case LIST -> lists++;
      case LOOK -> {
        looks++;
        line.ifPresent(task -> task.looks++);
      }
      case DELETE -> {
        deletes++;
        line.ifPresent(task -> task.deletes++);
      }
      case DOWNLOAD -> line.ifPresent(task -> task.downloadsStarted++);
    }
  }

  synchronized void downloadCompleted(String taskId) {
    Objects.requireNonNull(lines.get(taskId), taskId).downloadsCompleted++;
  }

  /** A task came to a status. */
  synchronized void changed(SimulatedTask task) {
    Line line = lines.computeIfAbsent(task.id(), id -> new Line(task));
    line.status = task.status();
    if (task.status() == SimulatedStatus.SUCCEEDED) {
      line.tokens = task.generation().tokens();
    }
  }

  synchronized Books.Account read(String key) {
    long billed = 0;
    long tokens = 0;
    long started = 0;
    long completed = 0;
    for (Line line : lines.values()) {
      billed += line.status == SimulatedStatus.SUCCEEDED ? 1 : 0;
      tokens += line.tokens;
      started += line.downloadsStarted;
      completed += line.downloadsCompleted;
    }
    return new Books.Account(
        key,
        creates,
        lines.size(),
        billed,
        tokens,
        looks,
        lists,
        deletes,
        started,
        completed,
        lines.entrySet().stream().map(entry -> entry.getValue().read(entry.getKey())).toList());
  }

  private static final class Line {
    private final String model;
    private SimulatedStatus status;
    private long tokens;
    private long looks;
    private long deletes;
    private long downloadsStarted;
    private long downloadsCompleted;

    Line(SimulatedTask task) {
      model = task.generation().model();
      status = task.status();
    }

    Books.Entry read(String id) {
      return new Books.Entry(
          id, model, status, tokens, looks, deletes, downloadsStarted, downloadsCompleted);
    }
  }
}
