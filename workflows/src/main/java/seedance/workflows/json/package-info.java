/**
 * JSON as a value that cannot change, and all that reads it and names what is wrong with it.
 *
 * <p>Begin with {@link seedance.workflows.json.Json} and {@link seedance.workflows.json.Verdict}.
 * {@link seedance.workflows.json.JsonFields} reads an object's fields and collects {@link
 * seedance.workflows.json.Violations}; {@link seedance.workflows.json.JsonFile} does so with files
 * of people. Nothing here knows what a request is.
 *
 * <p>Contract: the paths and messages of violations, and the JSON that {@code Json} writes.
 */
@NullMarked
package seedance.workflows.json;

import org.jspecify.annotations.NullMarked;
