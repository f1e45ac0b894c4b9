package seedance.client;

import java.util.List;
import seedance.workflows.json.InvalidException;
import seedance.workflows.json.Violation;

/** A request or its options break rules; nothing was started and nothing is charged. */
public final class InvalidRequestException extends InvalidException {
  private static final long serialVersionUID = 1L;

  InvalidRequestException(List<Violation> violations) {
    super(violations);
  }
}
