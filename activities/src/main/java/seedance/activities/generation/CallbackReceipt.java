package seedance.activities.generation;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seedance.activities.provider.CallbackReading;
import seedance.activities.provider.Task;
import seedance.activities.provider.TaskLook;
import seedance.activities.provider.VideoProvider;
import seedance.activities.store.OpenSubmission;
import seedance.activities.store.Receipts;

/**
 * Takes in what the service calls back about a submission. The URL proves which one it is about;
 * what is said there is not signed, so it is only a hint at a task's id, and what counts is a look
 * at that task. It settles a submission whose answer was lost, in a dialect without a list too, and
 * ends the wait for a look where a task may be over.
 *
 * <p>Safe for use by many threads.
 */
public final class CallbackReceipt {
  private static final Logger log = LoggerFactory.getLogger(CallbackReceipt.class);

  /** Whoever waits for it longer looks for the task, and finds the receipt. */
  private static final Duration LONGEST_CREATE = Duration.ofSeconds(75);

  private final VideoProvider provider;
  private final Receipts receipts;
  private final CallbackUrls urls;
  private final Clock clock;

  /**
   * @param provider which is asked for the task
   * @param receipts where the submission is open, and the receipt goes
   * @param urls that were given out
   */
  public CallbackReceipt(
      VideoProvider provider, Receipts receipts, CallbackUrls urls, Clock clock) {
    this.provider = Objects.requireNonNull(provider, "provider");
    this.receipts = Objects.requireNonNull(receipts, "receipts");
    this.urls = Objects.requireNonNull(urls, "urls");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /** Makes ready what callbacks are known by. Says in the log if that cannot be done. */
  public void prepare() {
    urls.secret();
  }

  /**
   * Knows a URL that was given out, before anything else is done about a call at it. Everything
   * else should be refused, alike: a made-up id, one without its proof or with another's.
   *
   * @param path of the URL that was called, percent-encoded as it came, without the query
   * @return empty for what is to be refused
   */
  public Optional<TakenCallback> at(String path) {
    return urls.at(path);
  }

  /**
   * Writes the receipt of a submission that is still open, where the callback names its task; of
   * one that has its receipt, tells whose task may be over. Everything else is ignored: garbage, a
   * submission that is unknown, a task that does not exist, is another's or was made from another
   * request.
   *
   * @param callback as {@link #at} gave it
   * @param body as it came
   * @return the workflow that waits for this; empty where there is nothing new to tell, as while
   *     the create itself is about to name a task that has begun
   */
  public Optional<String> received(TakenCallback callback, byte[] body) {
    Optional<CallbackReading> read = CallbackReading.of(body);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<OpenSubmission> open = receipts.find(callback.submissionId());
      if (open.isEmpty()) {
        return waitingFor(read.get(), callback);
      }
      boolean isTaken = callback.isProven() || !hasProvenUrl(open.get());
      boolean isSettled = isTaken && settles(read.get().taskId(), open.get());
      return isSettled && !isBesideTheCreate(read.get(), open.get())
          ? open.map(OpenSubmission::workflowId)
          : Optional.empty();
    } catch (IOException e) {
      log.warn("A callback is lost: {}", StoreTrouble.inWords(e));
      return Optional.empty();
    }
  }

  /** Its answer is on its way still, and what is told is that the task has begun. */
  private boolean isBesideTheCreate(CallbackReading read, OpenSubmission open) {
    return read.isUnderWay() && clock.instant().isBefore(open.openedAt().plus(LONGEST_CREATE));
  }

  /** The workflow of a task that has its receipt, if a look at it may see its end. */
  private Optional<String> waitingFor(CallbackReading read, TakenCallback callback)
      throws IOException {
    if (read.isUnderWay() || !callback.isProven()) {
      return Optional.empty();
    }
    boolean isOurs =
        receipts.taskOf(callback.submissionId()).filter(read.taskId()::equals).isPresent();
    return isOurs ? receipts.workflowOf(callback.submissionId()) : Optional.empty();
  }

  private boolean settles(String taskId, OpenSubmission submission) throws IOException {
    if (!(provider.look(taskId) instanceof TaskLook.Seen seen)
        || !fits(seen.task(), submission)
        || !receipts.claimOnly(taskId, submission.submissionId())) {
      return false;
    }
    receipts.accepted(submission.submissionId(), taskId);
    return true;
  }

  private static boolean hasProvenUrl(OpenSubmission submission) {
    return Boolean.TRUE.equals(submission.provenCallback());
  }

  private static boolean fits(Task task, OpenSubmission submission) {
    return TaskMatch.fits(task.outcome(), submission.traits())
        && TaskMatch.fits(task.outcome().createdAt(), submission.openedAt());
  }
}
