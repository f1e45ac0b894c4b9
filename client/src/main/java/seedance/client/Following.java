package seedance.client;

import io.temporal.client.WorkflowException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Waits for a workflow's end and tells a listener each change meanwhile, and how it stood at the
 * end if a worker still says so.
 *
 * @param question asks where it stands
 * @param pauseAfter how long to wait after an answer before the next question
 * @param patience how long an answer is waited for before it is said that no worker gives one
 */
record Following<F>(
    Supplier<CompletableFuture<F>> question,
    FollowListener<? super F> listener,
    Function<F, Duration> pauseAfter,
    Duration patience) {
  static final Duration SHORTEST_PAUSE = Duration.ofMillis(400);

  Following {
    Objects.requireNonNull(question, "question");
    Objects.requireNonNull(listener, "listener");
  }

  /** Returns, or throws, what the end is. */
  <R> R to(CompletableFuture<R> end) throws InterruptedException {
    CompletableFuture<F> answer = question.get();
    F last = null;
    boolean answered = true;
    while (!isDone(end, Duration.ZERO)) {
      if (isDone(CompletableFuture.anyOf(answer, end), patience)
          && answer.isDone()
          && !answer.isCompletedExceptionally()) {
        answered = true;
        if (!answer.join().equals(last)) {
          last = answer.join();
          listener.progressed(last);
        }
      } else if (answered && !end.isDone()) {
        answered = false;
        if (isUnreadable(answer)) {
          listener.answersCannotBeRead();
        } else {
          listener.noWorkerAnswers();
        }
      }
      Duration pause = last == null ? SHORTEST_PAUSE : pauseAfter.apply(last);
      if (!isDone(end, pause) && answer.isDone()) {
        answer = question.get();
      }
    }
    if (!isOfTheServer(end)) {
      CompletableFuture<F> atTheEnd = question.get();
      if (isDone(atTheEnd, patience)
          && !atTheEnd.isCompletedExceptionally()
          && !atTheEnd.join().equals(last)) {
        listener.progressed(atTheEnd.join());
      }
    }
    return ended(end);
  }

  private static boolean isUnreadable(CompletableFuture<?> answer) {
    return answer.isCompletedExceptionally()
        && answer.handle((said, thrown) -> thrown).join() instanceof CompletionException failed
        && failed.getCause() instanceof UnreadableAnswerException;
  }

  private static boolean isOfTheServer(CompletableFuture<?> end) {
    try {
      ended(end);
      return false;
    } catch (RuntimeException failure) {
      return failure instanceof WorkflowException;
    }
  }

  /** Returns, or throws, what a future completed with. */
  static <R> R ended(CompletableFuture<R> end) {
    try {
      return end.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException failure ? failure : failed;
    }
  }

  /** Waits for a future to end in any way, at most so long. */
  private static boolean isDone(CompletableFuture<?> future, Duration atMost)
      throws InterruptedException {
    try {
      future.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException failed) {
      return true;
    }
  }
}
