/**
 * The simulated Seedance in JUnit 5 tests. Start with {@link
 * seedance.worker.dev.junit.SimulatedSeedanceExtension}.
 *
 * <p>It needs {@code junit-jupiter-api} of 5.12 or later, which this module brings to nobody.
 */
@NullMarked
package seedance.worker.dev.junit;

import org.jspecify.annotations.NullMarked;
