/**
 * The command line {@code seedance}: {@code Seedance} is its entry, each {@code …Command} one
 * command.
 *
 * <p>Contract: the commands, their options and exit codes, and what {@code --json} prints.
 */
@NullMarked
package seedance.client.cli;

import org.jspecify.annotations.NullMarked;
