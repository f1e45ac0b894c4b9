package seedance.workflows.chain;

import java.util.List;
import java.util.Optional;
import seedance.workflows.generation.ActivityArguments;
import seedance.workflows.generation.FailureType;
import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violation;

/** Has a chain checked by an activity, so that the verdict is recorded. */
final class ChainCheck {
  private ChainCheck() {}

  /**
   * @param summary what is checked, for the timeline
   */
  static Verdict<ChainPlan> check(String summary, Json chain, Json options) {
    Optional<Violation> tooLarge = ActivityArguments.violation(chain, options);
    if (tooLarge.isPresent()) {
      return Verdict.invalid(List.of(tooLarge.get()));
    }
    ChainVerdict answer = ChainActivities.validate(summary).validate(chain, options);
    if (answer == null) {
      throw ChainFailure.of(FailureType.INTERNAL_ERROR, null, "the validation answered nothing")
          .toApplicationFailure();
    }
    return answer.verdict();
  }
}
