package seedance.worker.chaos;

import java.util.Optional;
import seedance.workflows.generation.GenerationResult;

/**
 * How a generation ended.
 *
 * @param result empty unless its workflow completed
 * @param inWords what became of the workflow
 */
record Ending(
    int generation, String workflowId, Optional<GenerationResult> result, String inWords) {}
