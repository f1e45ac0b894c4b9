package seedance.client;

import seedance.workflows.generation.Progress;

/** Hears how a generation goes while {@link GenerationHandle#follow} waits for its end. */
@FunctionalInterface
public interface FollowListener {

  /** The generation stands elsewhere than it did; called for the first answer too. */
  void progressed(Progress progress);

  /**
   * The server is there, but no worker answered the query: none polls the task queue, or all are
   * busy. Called once until one answers again. Does nothing by default.
   */
  default void noWorkerAnswers() {}
}
