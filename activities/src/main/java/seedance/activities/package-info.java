/**
 * The module for a worker of your own: begin with {@link seedance.activities.SeedanceModule}, which
 * registers everything, and {@link seedance.activities.SeedanceConfiguration}, which says with
 * what.
 *
 * <p>The activities are in {@code generation} and {@code chain}; they speak to the service through
 * {@code provider} and keep what it made in {@code store}.
 *
 * <p>Contract: the two classes named, and the settings that they read.
 */
@NullMarked
package seedance.activities;

import org.jspecify.annotations.NullMarked;
