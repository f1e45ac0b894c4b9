/**
 * The worker process: begin with {@link seedance.worker.WorkerProcess}; {@link
 * seedance.worker.WorkerSettings} are what it is told.
 *
 * <p>It listens on two ports, bounded by {@code PortLimits}: {@code CallbackServer} for the
 * service, {@code OperatorServer} for metrics and health.
 */
@NullMarked
package seedance.worker;

import org.jspecify.annotations.NullMarked;
