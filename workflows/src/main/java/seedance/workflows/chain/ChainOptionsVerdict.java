package seedance.workflows.chain;

import java.util.List;
import java.util.Objects;
import seedance.workflows.request.Violation;

/** What is said of a chain's options by themselves. */
public sealed interface ChainOptionsVerdict {

  /** No rule is broken. */
  record Valid(ChainOptions options) implements ChainOptionsVerdict {
    public Valid {
      Objects.requireNonNull(options, "options");
    }
  }

  /** Every violation, at paths {@code options.…}. */
  record Invalid(List<Violation> violations) implements ChainOptionsVerdict {
    public Invalid {
      violations = List.copyOf(violations);
      if (violations.isEmpty()) {
        throw new IllegalArgumentException("invalid options break at least one rule");
      }
    }
  }
}
