package seedance.workflows.generation;

import io.temporal.workflow.Workflow;

/** The tasks that decisions say to adopt, while the search for the lost task goes on. */
final class Adoptions {
  private final Endings endings;
  private int underWay;

  Adoptions(Endings endings) {
    this.endings = endings;
  }

  boolean areUnderWay() {
    return underWay > 0;
  }

  /** Waits until each has ended, well or not. */
  void awaitEnd() {
    Workflow.await(() -> underWay == 0);
  }

  /**
   * Returns the task once it is adopted.
   *
   * @throws io.temporal.failure.ApplicationFailure refusing the decision if it is not
   */
  SubmitOutcome.Accepted adopt(String taskId, ReconcileRequest lost) {
    Adoption adoption =
        asked(new AdoptRequest(taskId, lost.submissionId(), lost.typicalTime(), 1, lost.group()));
    if (adoption instanceof Adoption.Adopted adopted) {
      return adopted.task();
    }
    if (adoption instanceof Adoption.Refused refused) {
      throw refusal(refused.problem().what());
    }
    if (adoption instanceof Adoption.NotYet notYet) {
      throw refusal(notYet.problem().what() + "; decide again later");
    }
    throw endings.unknownAnswer(adoption);
  }

  /** The search that goes on meanwhile neither submits again nor ends it. */
  private Adoption asked(AdoptRequest request) {
    underWay++;
    try {
      return GenerationActivities.adopt("Adopt the task").adopt(request);
    } finally {
      underWay--;
    }
  }

  /** A decision that is not followed, which ends nothing. */
  static RuntimeException refusal(String reason) {
    return GenerationFailure.because(FailureType.DECISION_REFUSED, null, reason)
        .toApplicationFailure();
  }
}
