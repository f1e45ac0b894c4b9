package seedance.activities.provider;

import seedance.workflows.request.AnyJson;

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
   * @throws IllegalArgumentException when the body is no JSON object or cannot be written as one (a
   *     lone surrogate, nested too deep); nothing was sent
   */
  Creation create(AnyJson body);

  /**
   * Asks for a task once. Asking costs nothing and may be repeated.
   *
   * @param taskId as {@link Creation.Created#taskId()} gave it; text that cannot be a task id is
   *     answered with {@link Sighting.NoSuchTask} without asking
   */
  Sighting look(String taskId);
}
