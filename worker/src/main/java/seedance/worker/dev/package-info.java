/**
 * Everything in one process for trying it out: {@link seedance.worker.dev.DevSystem} starts a
 * Temporal server, the simulated service and a worker.
 */
package seedance.worker.dev;
