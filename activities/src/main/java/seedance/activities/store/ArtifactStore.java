package seedance.activities.store;

import java.io.IOException;

/**
 * The operator's store, where clips outlive the service's 24 hours. A request never chooses where:
 * the store makes every name from the workflow's id and the task's.
 */
public interface ArtifactStore {

  /**
   * The place of one task's files. It is the same on every call for the same task, and no other
   * task's, not even where a workflow id is used again.
   *
   * @param workflowId whose generation it is; any characters
   * @param taskId the service's id of the task
   * @throws IOException when the store cannot be reached or written
   */
  StorePlace place(String workflowId, String taskId) throws IOException;

  /** What was submitted, and which task came of it; kept beside the clips, for all workers. */
  Receipts receipts();

  /**
   * Proves that the store can be written, for start-up and readiness.
   *
   * @throws IOException when it cannot, with a message for the operator
   */
  void checkWritable() throws IOException;
}
