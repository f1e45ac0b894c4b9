package seedance.workflows.json;

import java.util.ArrayList;
import java.util.List;

/** Violations as they are found. Not thread-safe: one check, one thread. */
public final class Violations {
  /**
   * As many as are named; the rest is counted. A hostile body could break a hundred thousand rules,
   * and the answer has to fit into a failure that travels through Temporal.
   */
  static final int MOST_NAMED = 100;

  /** No rule's own path is near it; fields that no rule knows may be nested without end. */
  private static final int LONGEST_PATH = 300;

  private final List<Violation> named = new ArrayList<>();
  private int unnamed;

  /** Adds one broken rule. */
  public void add(String path, String message) {
    if (named.size() < MOST_NAMED) {
      named.add(new Violation(shown(path), message));
    } else {
      unnamed++;
    }
  }

  /** Whether one more is only counted, so that its message need not be made. */
  public boolean isFull() {
    return named.size() == MOST_NAMED;
  }

  private static String shown(String path) {
    return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH - 1) + "…";
  }

  /** Whether no rule was broken so far. */
  public boolean isEmpty() {
    return named.isEmpty();
  }

  /** How many rules were broken so far. */
  public int count() {
    return named.size() + unnamed;
  }

  /** Returns what was found, in the order found. */
  public List<Violation> list() {
    List<Violation> all = new ArrayList<>(named);
    if (unnamed > 0) {
      all.add(new Violation(JsonPath.ROOT, "and " + unnamed + " more violations"));
    }
    return List.copyOf(all);
  }
}
