package seedance.worker.dev.simulator;

/**
 * A fault in force and what it did so far.
 *
 * @param fault as it was injected
 * @param struck how many requests it hit
 */
public record StruckFault(Fault fault, long struck) {}
