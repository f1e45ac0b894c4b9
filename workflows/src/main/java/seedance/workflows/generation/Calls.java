package seedance.workflows.generation;

/** The service's calls about a task, each a hint that a look would see something new. */
final class Calls {
  /** A service calls back a few times for a task; who calls on makes no more looks. */
  private static final int MOST_HEEDED = 20;

  private boolean arrived;
  private int heeded;

  /** One came, whatever it says. */
  void received() {
    arrived = true;
  }

  /** Whether one came since the last look began. */
  boolean isDue() {
    return arrived && heeded < MOST_HEEDED;
  }

  /** A look begins, which answers those that came. Returns whether there were any. */
  boolean answered() {
    boolean due = isDue();
    heeded += due ? 1 : 0;
    arrived = false;
    return due;
  }
}
