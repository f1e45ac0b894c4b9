/**
 * The service, behind the port {@link seedance.activities.provider.VideoProvider}; this is the only
 * place that knows HTTP.
 *
 * <p>{@link seedance.activities.provider.HttpVideoProvider} sends; {@code CreateReading}, {@code
 * LookReading} and {@code CancelReading} read what comes back, which is trusted in nothing: {@code
 * Envelopes} and {@code TaskReading} find the task in it, {@code ErrorReading}, {@code CreateRule}
 * and {@link seedance.activities.provider.ServiceWords} what went wrong, {@code Redaction} what of
 * it may be told. {@link seedance.activities.provider.ResultFiles} opens the files that it names.
 *
 * <p>Contract: the port, and the operator's file of words.
 */
@NullMarked
package seedance.activities.provider;

import org.jspecify.annotations.NullMarked;
