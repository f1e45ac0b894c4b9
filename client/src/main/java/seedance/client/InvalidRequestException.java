package seedance.client;

import java.util.List;
import java.util.stream.Collectors;
import seedance.workflows.json.Violation;

/** A request or its options break rules; nothing was started and nothing is charged. */
public final class InvalidRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Violation> violations;

  InvalidRequestException(List<Violation> violations) {
    super(violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
    this.violations = List.copyOf(violations);
  }

  /** Every violation; empty only after deserialization. */
  public List<Violation> violations() {
    return violations == null ? List.of() : violations;
  }
}
