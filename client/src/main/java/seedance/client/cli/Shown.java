package seedance.client.cli;

import io.temporal.client.WorkflowQueryException;
import java.util.List;
import java.util.function.Supplier;
import seedance.client.NoWorkerAnswersException;
import seedance.client.WorkflowHandle;

/** A generation or a chain, as commands show it: now, while it goes on, and how it ended. */
interface Shown {
  WorkflowHandle<?, ?> handle();

  /**
   * Where it stands.
   *
   * @throws Refusal if no worker says it
   */
  Report now();

  /** Waits for its end. */
  End end() throws InterruptedException;

  /**
   * The names of the lines that follow it, in their order.
   *
   * @throws Refusal if no worker says it
   */
  List<String> lines();

  /** Waits for its end, and shows each change meanwhile. */
  End follow(ProgressView view) throws InterruptedException;

  /** How it ended, and what the command exits with. */
  record End(Report report, int exitCode) {
    static End succeeded(Report report) {
      return new End(report, ExitCode.OK);
    }

    static End failed(Report report) {
      return new End(report, ExitCode.GENERATION_FAILED);
    }
  }

  /** What waits for an end, whether it shows it or not. */
  interface Awaited<R> {
    R result() throws InterruptedException;
  }

  default <P> P ask(Supplier<P> progress) {
    try {
      return progress.get();
    } catch (NoWorkerAnswersException | WorkflowQueryException unanswered) {
      throw Refusals.ofUnansweredQuestion(handle().workflowId());
    }
  }
}
