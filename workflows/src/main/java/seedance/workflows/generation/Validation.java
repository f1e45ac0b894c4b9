package seedance.workflows.generation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.Verdict;
import seedance.workflows.json.Violation;
import seedance.workflows.json.WireForm;

/** The recorded verdict of {@link ValidateActivity}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Validation.Valid.class, name = "valid"),
  @JsonSubTypes.Type(value = Validation.Invalid.class, name = "invalid")
})
public sealed interface Validation {

  /** Returns the verdict that was recorded. */
  default Verdict<Valid> verdict() {
    return this instanceof Invalid invalid
        ? Verdict.invalid(invalid.violations())
        : Verdict.valid((Valid) this);
  }

  /**
   * No rule is broken.
   *
   * @param plan what the workflow needs to know of the request
   * @param storedRequest the name under which the store has the request, so that it need not travel
   *     through every attempt to store the clip; null where the store did not take it
   */
  @WireForm
  record Valid(GenerationPlan plan, @Nullable String storedRequest) implements Validation {
    /** Of a request that is not stored. */
    public Valid(GenerationPlan plan) {
      this(plan, null);
    }

    public Valid {
      Objects.requireNonNull(plan, "plan");
    }
  }

  /** Every violation of the request and of its options. */
  @WireForm
  record Invalid(List<Violation> violations) implements Validation {
    public Invalid {
      violations = List.copyOf(violations);
    }
  }
}
