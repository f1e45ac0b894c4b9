package seedance.workflows.request;

import java.util.List;
import java.util.Objects;

/** What {@link RequestRules} say of a request. */
public sealed interface RequestVerdict {

  /** No rule is broken. */
  record Valid(VideoRequest request) implements RequestVerdict {
    public Valid {
      Objects.requireNonNull(request, "request");
    }
  }

  /** Every violation, in the order of the JSON as far as there is one. */
  record Invalid(List<Violation> violations) implements RequestVerdict {
    public Invalid {
      violations = List.copyOf(violations);
      if (violations.isEmpty()) {
        throw new IllegalArgumentException("an invalid request breaks at least one rule");
      }
    }
  }
}
