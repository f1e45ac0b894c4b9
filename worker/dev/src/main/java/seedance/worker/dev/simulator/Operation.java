package seedance.worker.dev.simulator;

/** What a client can ask of the service, as far as faults tell it apart. */
public enum Operation {
  /** The POST that creates a task. */
  CREATE,
  /** The GET of one task. */
  LOOK,
  /** The GET of a page of tasks; dialect ark only. */
  LIST,
  /** The DELETE of a task; dialect ark only. */
  DELETE,
  /** The GET of a finished task's file. */
  DOWNLOAD
}
