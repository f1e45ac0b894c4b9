package seedance.client.cli;

import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import java.util.List;
import seedance.client.FollowListener;
import seedance.client.GenerationFailedException;
import seedance.client.GenerationHandle;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.Progress;

/** Follows one generation to its end and reports it; Ctrl-C detaches. */
final class Follower {
  private static final String ONLY_ONE = "";

  private final Cli cli;
  private final boolean json;

  Follower(Cli cli, boolean json) {
    this.cli = cli;
    this.json = json;
  }

  /** Returns the exit code. */
  int follow(GenerationHandle generation) throws InterruptedException {
    Terminal terminal = json ? cli.terminal().onErr() : cli.terminal();
    Reports reports = new Reports(cli, json);
    GenerationResult result;
    Detaching ifCtrlC = new Detaching(cli, generation.workflowId());
    try (ProgressView view = ProgressView.on(terminal, List.of(ONLY_ONE))) {
      result = generation.follow(listener(view, generation.workflowId()));
    } catch (GenerationFailedException failed) {
      reports.failed(failed);
      return ExitCode.GENERATION_FAILED;
    } catch (WorkflowNotFoundException missing) {
      throw ShowCommand.notThere(generation.workflowId());
    } catch (WorkflowServiceException lost) {
      throw Detaching.lostTheServer(cli, generation.workflowId());
    } finally {
      ifCtrlC.over();
    }
    reports.succeeded(generation.workflowId(), result);
    return ExitCode.OK;
  }

  private FollowListener<Progress> listener(ProgressView view, String workflowId) {
    return new FollowListener<>() {
      @Override
      public void progressed(Progress progress) {
        view.show(ONLY_ONE, progress, NextSteps.commands(cli, workflowId, progress));
      }

      @Override
      public void noWorkerAnswers() {
        view.say(ONLY_ONE, "No worker answers yet: does one poll this task queue?");
      }
    };
  }
}
