/**
 * Starts and follows video generations from Java: begin with {@link
 * seedance.client.SeedanceClient}.
 */
package seedance.client;
