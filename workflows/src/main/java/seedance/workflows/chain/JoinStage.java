package seedance.workflows.chain;

import io.temporal.failure.ActivityFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.Artifact;

/** Joins the clips of {@code options.join}; that they cannot be joined fails nothing. */
final class JoinStage {
  private final RunningChain chain;
  private final ChainSign sign;

  JoinStage(RunningChain chain, ChainSign sign) {
    this.chain = chain;
    this.sign = sign;
  }

  /**
   * What came of it.
   *
   * @param film null where there is none
   * @param problem why there is none although one was asked for, or what it is without; null where
   *     there is nothing to say
   */
  record Film(@Nullable Artifact film, @Nullable String problem) {}

  Film join() {
    List<String> generations =
        chain.options().join().stream()
            .map(chain::step)
            .filter(StepRun::isFinished)
            .flatMap(step -> step.generation().stream())
            .toList();
    if (generations.isEmpty()) {
      return new Film(null, withoutSome());
    }
    sign.enter("Joining the film");
    return film(new JoinRequest(generations));
  }

  private Film film(JoinRequest request) {
    try {
      JoinOutcome outcome = ChainActivities.join().join(request);
      if (outcome instanceof JoinOutcome.Joined joined) {
        return new Film(joined.film(), withoutSome());
      }
      return new Film(
          null,
          outcome instanceof JoinOutcome.NotJoined not
              ? not.problem().what()
              : "the worker did not say what came of it");
    } catch (ActivityFailure failure) {
      if (ChainEndings.isCancel(failure)) {
        throw failure;
      }
      return new Film(null, "it was tried again and again, until its time was over");
    }
  }

  /** What the film is without; null where it has all that was asked for. */
  private @Nullable String withoutSome() {
    List<String> skipped =
        chain.options().join().stream()
            .distinct()
            .filter(step -> !chain.step(step).isFinished())
            .toList();
    return skipped.isEmpty() ? null : "without " + Names.some(skipped) + ", skipped";
  }
}
