package seedance.activities.generation;

/** A call at a URL that was given out for callbacks, as {@link CallbackReceipt#at} knows it. */
public final class TakenCallback {
  private final String submissionId;
  private final boolean isProven;

  TakenCallback(String submissionId, boolean isProven) {
    this.submissionId = submissionId;
    this.isProven = isProven;
  }

  String submissionId() {
    return submissionId;
  }

  /** False where the URL may be one of an earlier version, which had no proof in it. */
  boolean isProven() {
    return isProven;
  }
}
