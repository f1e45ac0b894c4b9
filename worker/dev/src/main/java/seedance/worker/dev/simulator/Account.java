package seedance.worker.dev.simulator;

/**
 * An API key's side of the service: it sees its own tasks only, and has its own processing limit.
 *
 * @param id a short hash of the key
 * @param tasks its tasks
 * @param ledger its counts
 */
record Account(String id, TaskBook tasks, Ledger ledger) {}
