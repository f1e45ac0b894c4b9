package seedance.workflows.generation;

import java.util.List;
import java.util.Objects;
import seedance.workflows.request.Violation;

/** What is said of the options that a client sent. */
public sealed interface OptionsVerdict {

  /** No rule is broken. */
  record Valid(GenerationOptions options) implements OptionsVerdict {
    public Valid {
      Objects.requireNonNull(options, "options");
    }
  }

  /** Every violation, at paths {@code options.…}. */
  record Invalid(List<Violation> violations) implements OptionsVerdict {
    public Invalid {
      violations = List.copyOf(violations);
      if (violations.isEmpty()) {
        throw new IllegalArgumentException("invalid options break at least one rule");
      }
    }
  }
}
