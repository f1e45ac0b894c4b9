package seedance.workflows.generation;

import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Time as workflow code may know it: the same on every replay. */
public final class WorkflowClock {
  static final Duration NEVER = Duration.ofDays(10_000);

  private static final Duration LONGEST_ROW = Duration.ofDays(30);

  private WorkflowClock() {}

  /** The workflow's time. */
  public static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  /**
   * Waits on a durable timer, whose label on the timeline is {@code Running, next look in 9 s}.
   *
   * @param until what is known and what comes next, such as {@code Running, next look}
   */
  public static void pause(Duration duration, String until) {
    timer(duration, in(duration, until)).get();
  }

  /** Like {@link #pause}, but goes on as soon as {@code isOver} says so. */
  public static void pauseUnless(Supplier<Boolean> isOver, Duration duration, String until) {
    awaitOrFire(isOver, duration, in(duration, until));
  }

  /**
   * Waits until {@code isOver} says so, however long that takes. The wait itself is a row of the
   * timeline, as a durable timer with a label; what a workflow only waits for leaves none.
   */
  public static void awaitInSight(Supplier<Boolean> isOver, String label) {
    while (!isOver.get()) {
      awaitOrFire(isOver, LONGEST_ROW, GenerationActivities.cut(label));
    }
  }

  private static void awaitOrFire(Supplier<Boolean> isOver, Duration duration, String label) {
    AtomicReference<Promise<Void>> timer = new AtomicReference<>();
    CancellationScope scope =
        Workflow.newCancellationScope(
            // Handled, as the SDK logs a cancelled timer that nobody asked for its end.
            () -> timer.set(timer(duration, label).handle((fired, cancelled) -> null)));
    scope.run();
    Workflow.await(() -> timer.get().isCompleted() || isOver.get());
    if (!timer.get().isCompleted()) {
      scope.cancel();
    }
  }

  private static String in(Duration duration, String until) {
    return "%s in %s".formatted(until, TimelineWords.of(duration));
  }

  private static Promise<Void> timer(Duration duration, String label) {
    return Workflow.newTimer(duration, TimerOptions.newBuilder().setSummary(label).build());
  }
}
