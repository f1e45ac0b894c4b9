package seedance.workflows.generation;

import io.temporal.workflow.Workflow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** What must come to its end even while the workflow is being cancelled. */
final class Uncancelled {
  private Uncancelled() {}

  static <T> T run(Supplier<T> work) {
    AtomicReference<T> answer = new AtomicReference<>();
    Workflow.newDetachedCancellationScope(() -> answer.set(work.get())).run();
    return answer.get();
  }
}
