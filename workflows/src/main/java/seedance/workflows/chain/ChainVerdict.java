package seedance.workflows.chain;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violation;
import seedance.workflows.json.WireForm;

/** What {@link ChainRules} say of a chain and its options, as it is recorded. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ChainVerdict.Valid.class, name = "valid"),
  @JsonSubTypes.Type(value = ChainVerdict.Invalid.class, name = "invalid")
})
public sealed interface ChainVerdict {

  /** Returns the recorded form of a verdict. */
  static ChainVerdict of(Verdict<ChainPlan> verdict) {
    return verdict
        .value()
        .<ChainVerdict>map(Valid::new)
        .orElseGet(() -> new Invalid(verdict.violations()));
  }

  /** Returns the verdict that was recorded. */
  default Verdict<ChainPlan> verdict() {
    return this instanceof Invalid invalid
        ? Verdict.invalid(invalid.violations())
        : Verdict.valid(((Valid) this).plan());
  }

  /** No rule is broken. */
  @WireForm
  record Valid(ChainPlan plan) implements ChainVerdict {
    public Valid {
      Objects.requireNonNull(plan, "plan");
    }
  }

  /**
   * Every violation, step by step in the order written and the options last, at paths such as
   * {@code steps[2].request.content[1].video_url.url} and {@code options.join[0]}.
   */
  @WireForm
  record Invalid(List<Violation> violations) implements ChainVerdict {
    public Invalid {
      violations = List.copyOf(violations);
      if (violations.isEmpty()) {
        throw new IllegalArgumentException("an invalid chain breaks at least one rule");
      }
    }
  }
}
