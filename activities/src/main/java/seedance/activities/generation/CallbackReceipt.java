package seedance.activities.generation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seedance.activities.provider.Sighting;
import seedance.activities.provider.Task;
import seedance.activities.provider.TaskIdReading;
import seedance.activities.provider.VideoProvider;
import seedance.activities.store.OpenSubmission;
import seedance.activities.store.Receipts;

/**
 * Takes in what the service calls back about a submission. Callbacks are not signed, so one is only
 * a hint at a task's id; what counts is a look at that task. It settles a submission whose answer
 * was lost, in a dialect without a list too.
 *
 * <p>Safe for use by many threads.
 */
public final class CallbackReceipt {
  private static final Logger log = LoggerFactory.getLogger(CallbackReceipt.class);

  /** A task is a few levels deep; text that is deeper is none. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).build())
              .build());

  private final VideoProvider provider;
  private final Receipts receipts;

  /**
   * @param provider which is asked for the task
   * @param receipts where the submission is open, and the receipt goes
   */
  public CallbackReceipt(VideoProvider provider, Receipts receipts) {
    this.provider = Objects.requireNonNull(provider, "provider");
    this.receipts = Objects.requireNonNull(receipts, "receipts");
  }

  /**
   * Writes the receipt of a submission that is still open, where the callback names its task.
   * Everything else is ignored: garbage, a submission that is unknown or settled, a task that does
   * not exist, is another's or was made from another request.
   *
   * @param submissionId as in the URL that was called
   * @param body as it came
   * @return the workflow that waits for this; empty where there is nothing new to tell
   */
  public Optional<String> received(String submissionId, byte[] body) {
    try {
      Optional<OpenSubmission> open = receipts.find(submissionId);
      Optional<String> taskId = open.isEmpty() ? Optional.empty() : taskIdIn(body);
      return taskId.isPresent() && settles(taskId.get(), open.get())
          ? open.map(OpenSubmission::workflowId)
          : Optional.empty();
    } catch (IOException e) {
      log.warn("A callback is lost: {}", StoreTrouble.inWords(e));
      return Optional.empty();
    }
  }

  private boolean settles(String taskId, OpenSubmission submission) throws IOException {
    if (!(provider.look(taskId) instanceof Sighting.Seen seen)
        || !fits(seen.task(), submission)
        || !receipts.claim(taskId, submission.submissionId())) {
      return false;
    }
    receipts.accepted(submission.submissionId(), taskId);
    return true;
  }

  private static boolean fits(Task task, OpenSubmission submission) {
    return TaskMatch.fits(task.outcome(), submission.traits())
        && TaskMatch.fits(task.outcome().createdAt(), submission.openedAt());
  }

  /** The body is the answer to a look, in any of the shapes that gateways give it. */
  private static Optional<String> taskIdIn(byte[] body) {
    JsonNode task;
    try {
      task = JSON.readTree(body);
    } catch (IOException notJson) {
      return Optional.empty();
    }
    return task == null ? Optional.empty() : TaskIdReading.inCallback(task);
  }
}
