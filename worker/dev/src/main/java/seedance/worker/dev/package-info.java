/**
 * Everything in one process for trying it out: {@link seedance.worker.dev.DevSystem} starts a
 * Temporal server, the simulated service and a worker.
 *
 * <p>It needs {@code seedance-worker} and {@code temporal-testing}, which this module brings to
 * nobody. The service alone, {@link seedance.worker.dev.simulator}, needs neither.
 */
@NullMarked
package seedance.worker.dev;

import org.jspecify.annotations.NullMarked;
