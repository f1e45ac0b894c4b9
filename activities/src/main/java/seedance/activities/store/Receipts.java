package seedance.activities.store;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The operator's own notes of what was submitted: what is left when an answer is lost on its way
 * into Temporal. They hold ids, times and the request's settings, never a prompt, a key or a URL;
 * beside them lies the secret that proves callbacks. Several worker processes use them at once.
 *
 * <p>Every method throws {@link IOException} where the store does not work. A note that cannot be
 * made sense of is no such failure: it counts as missing, except that it still holds its place
 * among the open submissions.
 */
public interface Receipts {

  /**
   * Notes that a submission is about to be sent; the first note stays.
   *
   * @return whether it was not open before: if it was, it may have been sent
   */
  boolean open(OpenSubmission submission) throws IOException;

  /**
   * Notes a submission's task: its receipt. The submission is open no more, and the task is claimed
   * for it unless it was for another.
   */
  void accepted(String submissionId, String taskId) throws IOException;

  /** Notes that a submission surely made no task. */
  void close(String submissionId) throws IOException;

  /** A submission's task; empty without a receipt. */
  Optional<String> taskOf(String submissionId) throws IOException;

  /** The submission that a task is claimed for; empty where it is for none. */
  Optional<String> ownerOf(String taskId) throws IOException;

  /**
   * Claims a task; the first claim stays.
   *
   * @return whether the task is this submission's
   */
  boolean claim(String taskId, String submissionId) throws IOException;

  /**
   * As {@link #claim}, for a task that was found for a submission: of several that are claimed so
   * at once, by any number of workers, one at most becomes the submission's, and none once it has a
   * receipt for another.
   */
  boolean claimOnly(String taskId, String submissionId) throws IOException;

  /** A submission that is open; empty where it is not. */
  Optional<OpenSubmission> find(String submissionId) throws IOException;

  /** The workflow of a submission, open or with a receipt; empty where that is not known. */
  Optional<String> workflowOf(String submissionId) throws IOException;

  /**
   * The submissions that are open and were opened at a moment or after it, and those whose receipt
   * has not claimed its task yet. One that cannot be made sense of is among them with traits that
   * any task fits, and the time at which it was written. None is too old to stay open: a workflow
   * that is reset must not send it again.
   */
  List<OpenSubmission> openSince(Instant moment) throws IOException;

  /**
   * Whether {@link #openSince} shows whatever was opened before it was asked, by any worker. Where
   * it does not, as the store's listing may lag, none of what it leaves out is proved not to be.
   */
  boolean showsAllOpen();

  /**
   * The secret that proves callbacks, the same for all workers: made when it is first asked for,
   * and never again.
   *
   * @throws IOException also where there is one that makes no sense
   */
  CallbackSecret callbackSecret() throws IOException;
}
