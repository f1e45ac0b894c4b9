package seedance.workflows.generation;

import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.Values;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import seedance.workflows.generation.FailureType.Charged;
import seedance.workflows.generation.FailureType.FailureClass;
import seedance.workflows.json.Violation;

/**
 * Why a generation or a chain failed, or why a decision was refused: the first detail of the {@link
 * ApplicationFailure} that a caller sees.
 */
public interface Failure {

  /** From the catalogue. */
  FailureType type();

  /** Who can do something about it. */
  FailureClass failureClass();

  /** Whether the service charges for it. */
  Charged charged();

  /** What to do. */
  String advice();

  /** The broken rules; empty where it is about none. */
  List<Violation> violations();

  /** One readable paragraph: what happened, whether it was charged, what to do. */
  String message();

  /**
   * Finds the failure in what a Temporal client or a workflow's stub has thrown, such as a {@code
   * WorkflowFailedException} or a {@code ChildWorkflowFailure}.
   *
   * @param form {@link GenerationFailure}, or a chain's
   * @return empty where there is none: it was cancelled, terminated or timed out, or some other
   *     code failed it
   */
  static <F extends Failure> Optional<F> in(Throwable thrown, Class<F> form) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof ApplicationFailure failure) {
        try {
          Values details = failure.getDetails();
          return details == null || details.getSize() == 0
              ? Optional.empty()
              : Optional.ofNullable(form.cast(details.get(0, form)));
        } catch (DataConverterException | ClassCastException notOurs) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}
