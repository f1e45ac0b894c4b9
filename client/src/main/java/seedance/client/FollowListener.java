package seedance.client;

/**
 * Hears how a generation or a chain goes while its handle's {@code follow} waits for its end.
 *
 * @param <P> its progress
 */
@FunctionalInterface
public interface FollowListener<P> {

  /** It stands elsewhere than it did; called for the first answer too. */
  void progressed(P progress);

  /**
   * The server is there, but no worker answered the query: none polls the task queue, or all are
   * busy. Called once until one answers again. Does nothing by default.
   */
  default void noWorkerAnswers() {}

  /**
   * A worker answers in a form that this client cannot read: {@link UnreadableAnswerException}.
   * Called once until an answer can be read. Does nothing by default.
   */
  default void answersCannotBeRead() {}
}
