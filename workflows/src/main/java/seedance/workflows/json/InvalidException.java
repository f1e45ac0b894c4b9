package seedance.workflows.json;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was given breaks rules, each of which is named. */
public class InvalidException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable List<Violation> violations;

  /**
   * @param violations at least one
   */
  protected InvalidException(List<Violation> violations) {
    super(violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
    this.violations = List.copyOf(violations);
  }

  /** Every violation; empty only after deserialization. */
  public final List<Violation> violations() {
    return violations == null ? List.of() : violations;
  }
}
