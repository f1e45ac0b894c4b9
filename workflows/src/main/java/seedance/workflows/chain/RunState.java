package seedance.workflows.chain;

import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationResult;

/**
 * The state of one step of a running chain: what is known in it alone, and where it can go from
 * there. {@link StepState} is what is shown of it.
 */
sealed interface RunState {

  StepState shown();

  /** What went wrong, in words; null where nothing did. */
  default @Nullable String problem() {
    return null;
  }

  /** One in which it is not over and does not run, so that someone may give it up or skip it. */
  sealed interface Idle extends RunState {
    /**
     * @param what keeps it now
     */
    Idle keptBy(StepState what);

    GivenUp rejected(String reason);

    /** For a reason of its own. */
    GivenUp givenUp(String why);

    default Skipped skipped() {
      return new Skipped();
    }
  }

  /**
   * It has not begun, or is to begin again.
   *
   * @param shown what for
   * @param payable what was let begin although it could break the budget; null where nothing was
   */
  record Waiting(StepState shown, @Nullable StepPlan payable) implements Idle {
    static final Waiting FOR_OTHERS = new Waiting(StepState.WAITING, null);

    public Waiting {
      if (shown.isOver() || shown == StepState.RUNNING || shown == StepState.FAILED) {
        throw new IllegalArgumentException("who waits is not " + shown);
      }
    }

    @Override
    public Waiting keptBy(StepState what) {
      return new Waiting(what, payable);
    }

    Waiting payable(StepPlan plan) {
      return new Waiting(shown, plan);
    }

    Running begun() {
      return new Running(null);
    }

    Made reused(String generation, GenerationResult result) {
      return new Made(true, generation, result);
    }

    @Override
    public GivenUp rejected(String reason) {
      return givenUp("rejected: " + reason);
    }

    @Override
    public GivenUp givenUp(String why) {
      return new GivenUp(why, null, Because.OF_ITSELF);
    }
  }

  /**
   * It is being made.
   *
   * @param problem what keeps it; null where nothing does
   */
  record Running(@Nullable String problem) implements RunState {
    @Override
    public StepState shown() {
      return StepState.RUNNING;
    }

    Running troubled(String what) {
      return new Running(what);
    }

    Made made(String generation, GenerationResult result) {
      return new Made(false, generation, result);
    }

    Failed failed(@Nullable GenerationFailure failure, String problem) {
      return new Failed(failure, problem);
    }
  }

  /**
   * Its clip is there.
   *
   * @param isReused whether it was there already, and this chain did not make it
   * @param generation which made it
   */
  record Made(boolean isReused, String generation, GenerationResult result) implements RunState {
    @Override
    public StepState shown() {
      return isReused ? StepState.REUSED : StepState.DONE;
    }
  }

  /**
   * It waits for a decision.
   *
   * @param failure the generation's own; null where it left none
   */
  record Failed(@Nullable GenerationFailure failure, String problem) implements Idle {
    @Override
    public StepState shown() {
      return StepState.FAILED;
    }

    Waiting retried() {
      return Waiting.FOR_OTHERS;
    }

    @Override
    public Failed keptBy(StepState what) {
      return this;
    }

    @Override
    public GivenUp rejected(String reason) {
      String before = failure == null ? problem : failure.clause();
      return new GivenUp(
          "rejected: %s (it had failed: %s)".formatted(reason, before), null, Because.OF_ITSELF);
    }

    @Override
    public GivenUp givenUp(String why) {
      return new GivenUp(why, failure, Because.OF_ITSELF);
    }
  }

  /**
   * It will never be there.
   *
   * @param failure the last generation's own; null where that is not why
   */
  record GivenUp(String problem, @Nullable GenerationFailure failure, Because because)
      implements RunState {
    @Override
    public StepState shown() {
      return StepState.GIVEN_UP;
    }
  }

  /** Whose reason it is that a step is given up. */
  enum Because {
    OF_ITSELF,
    /** Another step, or the whole chain, ended. */
    OF_ANOTHER,
    /** A bug of ours. */
    OF_A_BUG
  }

  /** Someone does without it. */
  record Skipped() implements RunState {
    @Override
    public StepState shown() {
      return StepState.SKIPPED;
    }
  }
}
