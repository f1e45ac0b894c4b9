package seedance.worker;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads for what a port's own thread may not wait for; they keep no process up. */
final class BoundedThreads {
  private BoundedThreads() {}

  /**
   * @param waiting how many tasks may wait for a thread; one more is rejected with {@link
   *     java.util.concurrent.RejectedExecutionException}
   */
  static ExecutorService named(String name, int threads, int waiting) {
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(waiting),
        new DefaultThreadFactory(name, true));
  }
}
