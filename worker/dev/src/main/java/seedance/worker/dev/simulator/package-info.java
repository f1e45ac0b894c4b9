/**
 * A simulated Seedance: a real HTTP server that speaks both dialects, returns real clips, counts
 * what it bills and misbehaves on request, for trying out and testing workflows without a key.
 *
 * <p>Start with {@link seedance.worker.dev.simulator.SimulatedSeedance}. Inside, {@code TaskBook}
 * is the life of tasks, {@code ServiceDesk} answers calls, {@code ApiHandler} and {@code
 * FileHandler} put them on the wire, {@code FaultPlan} decides which of them go wrong.
 */
@NullMarked
package seedance.worker.dev.simulator;

import org.jspecify.annotations.NullMarked;
