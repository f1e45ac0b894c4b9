package seedance.workflows.json;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was given breaks rules, each of which is named. */
public final class InvalidException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable List<Violation> violations;

  InvalidException(List<Violation> violations) {
    super(violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
    this.violations = List.copyOf(violations);
  }

  /** Every violation; empty only after deserialization. */
  public List<Violation> violations() {
    return violations == null ? List.of() : violations;
  }
}
