package seedance.client;

import io.temporal.common.converter.DataConverterException;

/**
 * A worker has answered, or ended, in a form that this client cannot read: its data converter is
 * another, or lacks the payload codec of the workers'. Of a decision: it was not sent.
 */
public final class UnreadableAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private UnreadableAnswerException(String workflowId, Throwable cause) {
    super(
        workflowId
            + ": what its worker says cannot be read here, without the workers' payload codec",
        cause);
  }

  /** What a call has thrown, or this in its place. */
  static RuntimeException or(RuntimeException thrown, String workflowId) {
    return isUnreadable(thrown) ? new UnreadableAnswerException(workflowId, thrown) : thrown;
  }

  /** The same of a call that was waited for elsewhere. */
  static Throwable or(Throwable thrown, String workflowId) {
    return isUnreadable(thrown) ? new UnreadableAnswerException(workflowId, thrown) : thrown;
  }

  private static boolean isUnreadable(Throwable thrown) {
    return thrown instanceof DataConverterException
        || thrown.getCause() instanceof DataConverterException;
  }
}
