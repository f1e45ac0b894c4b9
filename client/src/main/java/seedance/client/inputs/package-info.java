/**
 * Media files on the caller's machine, as inputs of a generation: {@link
 * seedance.client.inputs.LocalFiles} finds them in a body, {@link seedance.client.inputs.MediaFile}
 * reads what they are, and {@link seedance.client.inputs.InputLimits} judges them before anything
 * is sent.
 *
 * <p>The files are foreign: each reader here looks at a bounded part of one, whatever it says of
 * itself, and answers with a value. What a file does not say is not guessed and not judged.
 */
@NullMarked
package seedance.client.inputs;

import org.jspecify.annotations.NullMarked;
