package seedance.activities.provider;

import java.time.Duration;
import java.time.Instant;
import seedance.workflows.json.Json;

/**
 * The video service, as the activities see it. Answers are values; no reply of the service and no
 * fault of the network is an exception.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface VideoProvider {

  /**
   * Sends the body once and says what became of it. It is sent as it is, field for field, and never
   * a second time: the service has no idempotency key.
   *
   * @param body the service's create body, validated
   * @param sendBefore after this moment, by this machine's clock, nothing more leaves, and the
   *     answer is {@link Creation.NotCreated}. It is asked for right before the first and the last
   *     byte, so that a process that was frozen and wakes does not send late. What the operating
   *     system has got by then may still be on its way, so whoever relies on it leaves a margin
   * @throws IllegalArgumentException when the body is no JSON object or cannot be written as one (a
   *     lone surrogate, nested too deep); nothing was sent
   */
  Creation create(Json body, Instant sendBefore);

  /**
   * Asks for a task once. Asking costs nothing and may be repeated.
   *
   * @param taskId as {@link Creation.Created#taskId()} gave it; text that cannot be a task id is
   *     answered with {@link TaskLook.NoSuchTask} without asking
   */
  default TaskLook look(String taskId) {
    return look(taskId, Duration.ZERO);
  }

  /**
   * Asks for a task once, as {@link #look(String)}.
   *
   * @param within after which the answer is {@link TaskLook.NotSeen}, or the task one whose video
   *     was not found; zero for no limit but the provider's own
   */
  TaskLook look(String taskId, Duration within);

  /**
   * Asks for the account's tasks that were made within a time, both ends included. A task whose
   * time is not told is among them. Asking costs nothing and may be repeated; a long list takes
   * many calls, one after the other.
   *
   * @param createdFrom by the service's clock, which counts whole seconds: a fraction is dropped
   * @param createdUntil by the service's clock
   */
  Listing list(Instant createdFrom, Instant createdUntil);

  /**
   * Asks the service once to take back a task that is still queued. It is never asked a second
   * time, as the same call deletes the record and the video of a task that is finished: the caller
   * must have looked just before and seen it queued.
   *
   * @param taskId as for {@link #look}
   * @param sendBefore as for {@link #create}; soon after the look
   */
  Cancellation cancel(String taskId, Instant sendBefore);
}
