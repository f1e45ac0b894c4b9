package seedance.worker.dev.simulator;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Is told which body made which task, for tests that must know whose task is whose. Must be safe
 * for use by many threads.
 */
@FunctionalInterface
public interface CreateListener {

  /**
   * A task came to be; its id was not sent yet, and may never arrive.
   *
   * @param taskId the new task's id
   * @param body the create's body, prompt included
   */
  void created(String taskId, JsonNode body);
}
