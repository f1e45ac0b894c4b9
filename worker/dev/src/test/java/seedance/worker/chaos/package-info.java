/**
 * The proof that a generation is never billed twice and never lost: many generations on a real
 * Temporal server, by real worker processes that are killed, through proxies that break
 * connections, against a simulated service whose books say what came of it.
 */
package seedance.worker.chaos;
