package seedance.workflows.chain;

import io.temporal.failure.ApplicationFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import seedance.workflows.generation.FailureType;
import seedance.workflows.json.Violation;

/** Why a person's decision about a chain is not followed. */
final class DecisionRefusals {
  private DecisionRefusals() {}

  static ApplicationFailure of(List<Violation> violations) {
    return ChainFailure.invalid(FailureType.DECISION_REFUSED, violations).toApplicationFailure();
  }

  /** Of another request for a step. */
  static ApplicationFailure of(String step, List<Violation> violations) {
    return ChainFailure.invalid(FailureType.DECISION_REFUSED, step, violations)
        .toApplicationFailure();
  }

  static ApplicationFailure because(@Nullable String step, String reason) {
    return ChainFailure.of(FailureType.DECISION_REFUSED, step, reason).toApplicationFailure();
  }
}
