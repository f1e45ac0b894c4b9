package seedance.workflows.generation;

/**
 * What to do about a submission whose task was not found: it may exist and be charged all the same.
 */
public sealed interface UnknownSubmissionPolicy {

  /** The workflow waits for someone's {@link SubmissionDecision}. */
  record Ask() implements UnknownSubmissionPolicy {}

  /** The workflow fails as {@link FailureType#SUBMISSION_UNKNOWN}. */
  record Fail() implements UnknownSubmissionPolicy {}

  /**
   * The workflow submits again by itself, and asks where it may not.
   *
   * @param atMost how often, 1 to {@link #MOST}
   * @param acceptDoubleCharge whether also where the service's list could not be asked: then one
   *     generation may be charged twice
   */
  record Resubmit(int atMost, boolean acceptDoubleCharge) implements UnknownSubmissionPolicy {
    /** More often than this, something else is wrong. */
    public static final int MOST = 10;

    /**
     * @throws IllegalArgumentException if {@code atMost} is out of range
     */
    public Resubmit {
      if (atMost < 1 || atMost > MOST) {
        throw new IllegalArgumentException("atMost must be 1 to " + MOST);
      }
    }
  }
}
