package seedance.worker.dev.simulator;

/** When a fault strikes, seen from the work that was asked for. */
public enum Moment {
  /** Nothing was done: no task was created, none deleted. */
  BEFORE,
  /** The work was done, but the caller does not learn of it: a task exists, and may be billed. */
  AFTER
}
