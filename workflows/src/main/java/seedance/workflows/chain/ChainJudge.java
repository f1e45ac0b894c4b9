package seedance.workflows.chain;

import java.util.List;
import java.util.Optional;
import seedance.workflows.generation.ActivityArguments;
import seedance.workflows.generation.FailureType;
import seedance.workflows.request.AnyJson;
import seedance.workflows.request.Violation;

/** Has a chain judged by an activity, so that the verdict is recorded. */
final class ChainJudge {
  private ChainJudge() {}

  /**
   * @param summary what is judged, for the timeline
   */
  static ChainVerdict judge(String summary, AnyJson chain, AnyJson options) {
    Optional<Violation> tooLarge = ActivityArguments.violation(chain, options);
    if (tooLarge.isPresent()) {
      return new ChainVerdict.Invalid(List.of(tooLarge.get()));
    }
    ChainVerdict verdict = ChainActivities.validate(summary).validate(chain, options);
    if (verdict == null) {
      throw ChainFailure.of(FailureType.INTERNAL_ERROR, null, "the validation answered nothing")
          .toApplicationFailure();
    }
    return verdict;
  }
}
