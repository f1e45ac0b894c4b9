package seedance.worker.dev.simulator;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What the simulator counted up to one moment. Counts never go down, also not when a task's record
 * is deleted.
 *
 * @param unauthorized requests without a key that is accepted
 * @param accounts one per API key that was seen
 */
public record Books(long unauthorized, List<Account> accounts) {

  /** Copies the list. */
  public Books {
    accounts = List.copyOf(accounts);
  }

  /**
   * What was counted for one API key.
   *
   * @param key the first 12 hexadecimal digits of the key's SHA-256
   * @param createsReceived POSTs, also those that a fault or a check stopped
   * @param tasksCreated tasks that came to be, also those whose reply was lost
   * @param tasksBilled tasks that succeeded
   * @param tokensBilled the sum of their tokens
   * @param looks GETs of a task
   * @param lists GETs of a page of tasks
   * @param deletes DELETEs of a task
   * @param downloadsStarted GETs of a file that were answered with bytes of it
   * @param downloadsCompleted those of them that reached the file's end
   * @param tasks every task that was created, the oldest first
   */
  public record Account(
      String key,
      long createsReceived,
      long tasksCreated,
      long tasksBilled,
      long tokensBilled,
      long looks,
      long lists,
      long deletes,
      long downloadsStarted,
      long downloadsCompleted,
      List<Entry> tasks) {

    /** Copies the list. */
    public Account {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * What was counted for one task.
   *
   * @param id the task's id
   * @param model the dated id of its model
   * @param status the last one that it came to
   * @param tokens what was billed for it; 0 unless it succeeded
   * @param looks GETs of it
   * @param deletes DELETEs of it
   * @param downloadsStarted GETs of its files that were answered with bytes of them
   * @param downloadsCompleted those of them that reached the file's end
   */
  public record Entry(
      String id,
      String model,
      SimulatedStatus status,
      long tokens,
      long looks,
      long deletes,
      long downloadsStarted,
      long downloadsCompleted) {}

  /** The sum over all keys. */
  public long createsReceived() {
    return sum(Account::createsReceived);
  }

  /** The sum over all keys. */
  public long tasksCreated() {
    return sum(Account::tasksCreated);
  }

  /** The sum over all keys. */
  public long tasksBilled() {
    return sum(Account::tasksBilled);
  }

  /** The sum over all keys. */
  public long tokensBilled() {
    return sum(Account::tokensBilled);
  }

  /** The sum over all keys. */
  public long looks() {
    return sum(Account::looks);
  }

  /** The sum over all keys. */
  public long deletes() {
    return sum(Account::deletes);
  }

  /** The sum over all keys. */
  public long downloadsStarted() {
    return sum(Account::downloadsStarted);
  }

  /** The sum over all keys. */
  public long downloadsCompleted() {
    return sum(Account::downloadsCompleted);
  }

  /** What was counted for a task; empty for an id that was never given out. */
  public Optional<Entry> task(String id) {
    return accounts.stream()
        .flatMap(account -> account.tasks().stream())
        .filter(task -> task.id().equals(id))
        .findFirst();
  }

  private long sum(ToLongFunction<Account> count) {
    return accounts.stream().mapToLong(count).sum();
  }
}
