package seedance.client.cli;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowServiceException;
import seedance.client.DifferentRequestException;
import seedance.client.GenerationHandle;
import seedance.client.MayBeChargedException;
import seedance.client.SeedanceClient;
import seedance.client.StartOptions;
import seedance.workflows.request.AnyJson;

/** Starts one generation, says what came of that, and follows it unless it is to detach. */
final class Starter {
  private final Cli cli;
  private final boolean detach;
  private final boolean json;

  Starter(Cli cli, boolean detach, boolean json) {
    this.cli = cli;
    this.detach = detach;
    this.json = json;
  }

  /** Returns the exit code. */
  int start(SeedanceClient seedance, AnyJson request, StartOptions options)
      throws InterruptedException {
    GenerationHandle generation;
    try {
      generation = seedance.start(request, options);
    } catch (DifferentRequestException different) {
      new Reports(cli, json).different(different);
      return ExitCode.INVALID;
    } catch (MayBeChargedException earlier) {
      throw new Refusal(
          ExitCode.INVALID,
          Words.printable("Nothing was started: " + earlier.getMessage())
              + "\nWith --again it is started all the same, and charged again.");
    } catch (WorkflowServiceException refused) {
      throw Refusals.ofStart(refused);
    }
    if (generation.isNew()) {
      new Reports(cli, json).started(generation.workflowId());
    } else {
      sayThatItIsThere(generation);
    }
    return detach ? ExitCode.OK : new Follower(cli, json).follow(generation);
  }

  private void sayThatItIsThere(GenerationHandle generation) {
    cli.terminal()
        .err()
        .println(
            generation.workflowId()
                + " runs or has succeeded already with this request: nothing was started, nothing is"
                + " charged twice."
                + (detach ? "" : " Following it."));
    if (detach && json) {
      new Reports(cli, true).json(Reports.object(generation.workflowId(), status(generation)));
    }
  }

  private static String status(GenerationHandle existing) {
    return ShowCommand.describe(existing).getStatus()
            == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
        ? "running"
        : "succeeded";
  }
}
