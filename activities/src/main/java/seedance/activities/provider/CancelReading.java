package seedance.activities.provider;

import java.time.Clock;

/** Reads what the service answered to a cancel. */
final class CancelReading {
  /** H: of status 409. */
  private static final String RUNNING = "InvalidAction.RunningTaskDeletion";

  private CancelReading() {}

  /**
   * @param clock for a {@code Retry-After} that is a date
   */
  static Cancellation of(Reply reply, ServiceWords words, Clock clock) {
    ErrorBody error = ErrorReading.in(reply.json(), reply.headers());
    String code = error.code().equals(RUNNING) ? RUNNING : Redaction.blind().code(error, words);
    String shown = reply.shown(code);
    if (reply.status() == 409 || error.code().equals(RUNNING)) {
      return new Cancellation.Running("the service does not cancel the task (" + shown + ")");
    }
    if (LookReading.isAboutNoTask(reply, error, words)) {
      return new Cancellation.NoSuchTask("the service knows no such task (" + shown + ")");
    }
    if (!reply.isSuccess()) {
      return notKnown(reply.refusal(code, "the service did not confirm the cancel"), reply, clock);
    }
    if (error.isPresent()) {
      return notKnown("the answer is an error (" + shown + ")", reply, clock);
    }
    return reply.trouble().isEmpty() || reply.isEmpty()
        ? new Cancellation.Done()
        : notKnown("the answer %s (%s)".formatted(reply.trouble().get(), shown), reply, clock);
  }

  private static Cancellation notKnown(String what, Reply reply, Clock clock) {
    return new Cancellation.NotKnown(what, RetryAfter.of(reply.headers(), clock));
  }
}
