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
  private final Output output;
  private final StartReports reports;

  Starter(Cli cli, StartArguments arguments) {
    this.cli = cli;
    this.arguments = arguments;
    this.output = new Output(cli, arguments.json());
    this.reports = new StartReports(cli);
  }

  /**
   * Returns the exit code.
   *
   * @param notes what a person should know of it
   */
  int start(List<String> notes, Supplier<Shown> start) throws InterruptedException {
    Shown started;
    try {
      started = start.get();
    } catch (DifferentRequestException different) {
      output.print(reports.different(different));
      return ExitCode.INVALID;
    } catch (MayBeChargedException earlier) {
      output.print(reports.mayBeCharged(earlier));
      return ExitCode.INVALID;
    } catch (InvalidRequestException invalid) {
      throw new Refusal(ExitCode.INVALID, "Nothing was started: " + invalid.getMessage());
    } catch (WorkflowServiceException refused) {
      throw Refusals.ofStart(cli, refused);
    }
    boolean leaves = arguments.detach();
    if (started.handle().isNew()) {
      output.print(reports.started(started.handle().workflowId(), notes));
    } else {
      WorkflowExecutionDescription there = Existing.describe(started.handle().workflow());
      leaves &= isOpenOrDone(there);
      sayThatItIsThere(there, leaves);
    }
    return leaves ? ExitCode.OK : new Follower(output).follow(started);
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
    if (leaves) {
      output.print(Report.of(() -> JsonObject.about(workflowId, Words.status(there)), () -> {}));
    }
  }
}
