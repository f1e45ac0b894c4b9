package seedance.client.cli;

import io.temporal.client.WorkflowServiceException;
import java.util.function.Supplier;
import seedance.client.DifferentRequestException;
import seedance.client.InvalidRequestException;
import seedance.client.MayBeChargedException;
import seedance.client.WorkflowHandle;

/** Starts what was judged, says what came of that, and follows it unless it is to detach. */
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

  /** Returns the exit code. */
  <H extends WorkflowHandle<?, ?>> int start(Supplier<H> start, Following<H> following)
      throws InterruptedException {
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
      throw Refusals.ofStart(refused);
    }
    if (started.isNew()) {
      reports.started(started.workflowId());
    } else {
      sayThatItIsThere(started);
    }
    return arguments.detach() ? ExitCode.OK : following.follow(started);
  }

  private void sayThatItIsThere(WorkflowHandle<?, ?> there) {
    cli.terminal()
        .err()
        .println(
            Visible.oneLine(there.workflowId())
                + " is there already with this request: nothing was started, nothing is charged"
                + " twice."
                + (arguments.detach() ? "" : " Following it."));
    if (arguments.detach() && arguments.json()) {
      reports.json(
          Reports.object(there.workflowId(), ListCommand.status(there.workflow().describe())));
    }
  }
}
