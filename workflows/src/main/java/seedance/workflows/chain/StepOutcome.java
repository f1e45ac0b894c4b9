package seedance.workflows.chain;

import java.util.Optional;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationResult;

/** What became of a step that was tried. */
sealed interface StepOutcome {

  /** It is there. */
  record Clip(String generation, GenerationResult result) implements StepOutcome {}

  /**
   * It is not.
   *
   * @param failure the generation's own; empty where it left none
   * @param leavesItsTask whether the next attempt with the same request takes what this one left
   */
  record NotMade(
      Optional<GenerationFailure> failure, Charged charged, boolean leavesItsTask, String problem)
      implements StepOutcome {

    /** Nothing was tried, as its workflow id belongs to something else. */
    static NotMade untried(String problem) {
      return new NotMade(Optional.empty(), Charged.NO, true, problem);
    }
  }
}
