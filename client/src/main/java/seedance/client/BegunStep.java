package seedance.client;

import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.GenerationResult;

/**
 * A step that a chain began, as its own workflow tells of it.
 *
 * @param made its clip and what that cost; null where there is none
 * @param left what it left behind without a result, or that it goes on; null where that is nothing
 */
public record BegunStep(@Nullable GenerationResult made, @Nullable LeftBehind left) {}
