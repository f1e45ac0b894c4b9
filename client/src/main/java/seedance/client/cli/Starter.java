package seedance.client.cli;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowServiceException;
import java.util.List;
import java.util.function.Supplier;
import seedance.client.DifferentRequestException;
import seedance.client.InvalidRequestException;
import seedance.client.MayBeChargedException;
import seedance.client.WorkflowHandle;

/** Starts what was checked, says what came of that, and follows it unless it is to detach. */
final class Starter {
  private final Cli cli;
  private final StartArguments arguments;
  private final Reports reports;

  Starter(Cli cli, StartArguments arguments) {
    this.cli = cli;
    this.arguments = arguments;
    this.reports = new Reports(cli, arguments.json());
  }

  /** Says how one goes until its end, and returns the exit code. */
  interface Following<H> {
    int follow(H started) throws InterruptedException;
  }

  /**
   * Returns the exit code.
   *
   * @param notes what a person should know of it
   */
  <H extends WorkflowHandle<?, ?>> int start(
      List<String> notes, Supplier<H> start, Following<H> following) throws InterruptedException {
    H started;
    try {
      started = start.get();
    } catch (DifferentRequestException different) {
      new RefusedStarts(cli, arguments.json()).different(different);
      return ExitCode.INVALID;
    } catch (MayBeChargedException earlier) {
      new RefusedStarts(cli, arguments.json()).mayBeCharged(earlier);
      return ExitCode.INVALID;
    } catch (InvalidRequestException invalid) {
      throw new Refusal(ExitCode.INVALID, "Nothing was started: " + invalid.getMessage());
    } catch (WorkflowServiceException refused) {
      throw Refusals.ofStart(cli, refused);
    }
    boolean leaves = arguments.detach();
    if (started.isNew()) {
      reports.started(started.workflowId(), notes);
    } else {
      WorkflowExecutionDescription there = ShowCommand.describeAny(started.workflow());
      leaves &= isOpenOrDone(there);
      sayThatItIsThere(there, leaves);
    }
    return leaves ? ExitCode.OK : following.follow(started);
  }

  /** Else there is nothing to detach from: it is said how it ended, and what it left. */
  private static boolean isOpenOrDone(WorkflowExecutionDescription there) {
    return !WorkflowHandle.hasEnded(there)
        || there.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
  }

  private void sayThatItIsThere(WorkflowExecutionDescription there, boolean leaves) {
    String workflowId = there.getExecution().getWorkflowId();
    cli.terminal()
        .err()
        .println(
            Visible.oneLine(workflowId)
                + " is there already with this request: nothing was started, nothing is charged"
                + " twice."
                + (arguments.detach() ? "" : " Following it."));
    if (leaves && arguments.json()) {
      reports.json(Reports.object(workflowId, ListCommand.status(there)));
    }
  }
}
