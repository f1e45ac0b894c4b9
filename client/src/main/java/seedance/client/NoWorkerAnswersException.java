package seedance.client;

import org.jspecify.annotations.Nullable;

/**
 * The server is there, but no worker answered a question in time: none polls the task queue, or all
 * are busy. It says nothing about the generation. Of a decision: it was not sent, so no worker that
 * comes later carries it out.
 */
public final class NoWorkerAnswersException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoWorkerAnswersException(String workflowId, @Nullable Throwable cause) {
    super("no worker answered for " + workflowId, cause);
  }
}
