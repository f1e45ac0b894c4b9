package seedance.workflows.chain;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;
import seedance.workflows.request.Violation;
import seedance.workflows.request.WireForm;

/** What {@link ChainRules} say of a chain and its options. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ChainVerdict.Valid.class, name = "valid"),
  @JsonSubTypes.Type(value = ChainVerdict.Invalid.class, name = "invalid")
})
public sealed interface ChainVerdict {

  /**
   * The verdict on running it under an id, of which every step's workflow makes its own: Temporal's
   * limit for them is met here, as a child's start that breaks it would stall the chain.
   */
  default ChainVerdict under(String chainId) {
    if (!(this instanceof Valid valid)) {
      return this;
    }
    List<Violation> broken = valid.plan().violationsUnder(chainId);
    return broken.isEmpty() ? this : new Invalid(broken);
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
