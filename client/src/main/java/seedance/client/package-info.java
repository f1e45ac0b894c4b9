/**
 * Starts and follows generations and chains from Java: begin with {@link
 * seedance.client.SeedanceClient}, whose handles ({@link seedance.client.GenerationHandle}, {@link
 * seedance.client.ChainHandle}) show, wait, decide and cancel.
 *
 * <p>What an id has been used for already, and whether that may be charged, is read from Temporal's
 * histories by {@code EarlierFailure}, {@code TaskTrace} and {@code EndedRuns}.
 *
 * <p>Contract: the public classes.
 */
@NullMarked
package seedance.client;

import org.jspecify.annotations.NullMarked;
