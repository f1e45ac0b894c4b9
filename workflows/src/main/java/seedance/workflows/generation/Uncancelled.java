package seedance.workflows.generation;

import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What must come to its end even while the workflow is being cancelled. */
final class Uncancelled {
  private Uncancelled() {}

  static <T> T run(Supplier<T> work) {
    List<T> answer = new ArrayList<>(1);
    Workflow.newDetachedCancellationScope(() -> answer.add(work.get())).run();
    return answer.get(0);
  }
}
