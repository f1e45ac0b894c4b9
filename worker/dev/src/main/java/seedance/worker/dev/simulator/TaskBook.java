package seedance.worker.dev.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The tasks of one account and their life. No thread drives it: whoever asks, first sees everything
 * happen, in order, that was due by the clock.
 */
final class TaskBook {

  /** What became of a delete. */
  enum Deletion {
    CANCELLED,
    REMOVED,
    REFUSED_RUNNING,
    REFUSED_CANCELLED,
    NOT_FOUND
  }

  private final Clock clock;
  private final int processingLimit;
  private final Duration recordLifetime;
  private final Consumer<SimulatedTask> changes;

  /** In order of creation. */
  private final Map<String, SimulatedTask> records = new LinkedHashMap<>();

  private final TreeSet<SimulatedTask> notReady = byTime(SimulatedTask::readyAt);
  private final TreeSet<SimulatedTask> expiring = byTime(SimulatedTask::expiresAt);
  private final TreeSet<SimulatedTask> running = byTime(SimulatedTask::endsAt);
  private final TreeSet<SimulatedTask> ready =
      new TreeSet<>(
          Comparator.<SimulatedTask>comparingInt(task -> -task.generation().priority())
              .thenComparing(SimulatedTask::readyAt)
              .thenComparing(SimulatedTask::id));
  private Instant settledTo = Instant.MIN;

  /**
   * @param changes told of every status that a task comes to, in order, while the book is locked
   */
  TaskBook(
      Clock clock, int processingLimit, Duration recordLifetime, Consumer<SimulatedTask> changes) {
    this.clock = clock;
    this.processingLimit = processingLimit;
    this.recordLifetime = recordLifetime;
    this.changes = changes;
  }

  synchronized SimulatedTask create(
      String id, Generation generation, SimulatedPace pace, Set<SimulatedStatus> unheard) {
    Instant now = settle();
    SimulatedTask task =
        new SimulatedTask(id, generation, pace, unheard, SimulatedStatus.QUEUED, now, now);
    enter(task);
    return task;
  }

  synchronized Optional<SimulatedTask> find(String id) {
    settle();
    return Optional.ofNullable(records.get(id));
  }

  /** All tasks, the newest first. */
  synchronized List<SimulatedTask> newestFirst() {
    settle();
    List<SimulatedTask> all = new ArrayList<>(records.values());
    Collections.reverse(all);
    return all;
  }

  synchronized Deletion delete(String id) {
    Instant now = settle();
    SimulatedTask task = records.get(id);
    if (task == null) {
      return Deletion.NOT_FOUND;
    }
    return switch (task.status()) {
      case QUEUED -> {
        enter(task.become(SimulatedStatus.CANCELLED, now));
        yield Deletion.CANCELLED;
      }
      case RUNNING -> Deletion.REFUSED_RUNNING;
      case CANCELLED -> Deletion.REFUSED_CANCELLED;
      case SUCCEEDED, FAILED, EXPIRED -> {
        records.remove(id);
        yield Deletion.REMOVED;
      }
    };
  }

  /**
   * Lets everything happen that is due.
   *
   * @return the time up to which it did
   */
  synchronized Instant settle() {
    Instant now = clock.instant();
    for (Instant next = startAndFindNext(); !next.isAfter(now); next = startAndFindNext()) {
      settledTo = next;
      if (isDue(running, SimulatedTask::endsAt)) {
        SimulatedTask task = running.first();
        enter(task.become(task.ending(), next));
      } else if (isDue(expiring, SimulatedTask::expiresAt)) {
        enter(expiring.first().become(SimulatedStatus.EXPIRED, next));
      } else {
        ready.add(notReady.pollFirst());
      }
    }
    forget(now);
    return now;
  }

  /**
   * Starts whoever can start now.
   *
   * @return when the next thing happens
   */
  private Instant startAndFindNext() {
    while (running.size() < processingLimit && !ready.isEmpty()) {
      enter(ready.first().become(SimulatedStatus.RUNNING, settledTo));
    }
    return earlier(
        first(running, SimulatedTask::endsAt),
        earlier(
            first(expiring, SimulatedTask::expiresAt), first(notReady, SimulatedTask::readyAt)));
  }

  private boolean isDue(TreeSet<SimulatedTask> tasks, Function<SimulatedTask, Instant> time) {
    return first(tasks, time).equals(settledTo);
  }

  private void enter(SimulatedTask task) {
    SimulatedTask before = records.put(task.id(), task);
    if (before != null) {
      List.of(notReady, ready, expiring, running).forEach(tasks -> tasks.remove(before));
    }
    if (task.status() == SimulatedStatus.QUEUED) {
      notReady.add(task);
      expiring.add(task);
    } else if (task.status() == SimulatedStatus.RUNNING) {
      running.add(task);
    }
    changes.accept(task);
  }

  private void forget(Instant now) {
    Iterator<SimulatedTask> oldest = records.values().iterator();
    while (oldest.hasNext()) {
      SimulatedTask task = oldest.next();
      if (task.createdAt().plus(recordLifetime).isAfter(now)) {
        return;
      }
      if (task.status().terminal()) {
        oldest.remove();
      }
    }
  }

  private static TreeSet<SimulatedTask> byTime(Function<SimulatedTask, Instant> time) {
    return new TreeSet<>(Comparator.comparing(time).thenComparing(SimulatedTask::id));
  }

  private static Instant first(
      TreeSet<SimulatedTask> tasks, Function<SimulatedTask, Instant> time) {
    return tasks.isEmpty() ? Instant.MAX : time.apply(tasks.first());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
