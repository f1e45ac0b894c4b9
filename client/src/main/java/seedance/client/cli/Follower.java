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
    Thread saysDetached = new Thread(() -> sayDetached(generation.workflowId()));
    Runtime.getRuntime().addShutdownHook(saysDetached);
    GenerationResult result;
    try (ProgressView view = ProgressView.on(terminal, List.of(ONLY_ONE))) {
      result = generation.follow(listener(view, generation.workflowId()));
    } catch (GenerationFailedException failed) {
      reports.failed(failed);
      return ExitCode.GENERATION_FAILED;
    } catch (WorkflowNotFoundException missing) {
      throw ShowCommand.noSuchGeneration(generation.workflowId());
    } catch (WorkflowServiceException lost) {
      throw new Refusal(
          ExitCode.NOT_REACHED,
          "Lost the Temporal server. The generation goes on where its worker is; follow it again"
              + " with:\n  "
              + followAgain(generation.workflowId()));
    } finally {
      remove(saysDetached);
    }
    reports.succeeded(generation.workflowId(), result);
    return ExitCode.OK;
  }

  private void sayDetached(String workflowId) {
    String again = followAgain(workflowId);
    cli.terminal()
        .err()
        .println("\nDetached; " + workflowId + " goes on. Follow it again with:\n  " + again);
  }

  private static void remove(Thread shutdownHook) {
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException goingDown) {
      // It speaks already, and it is true.
    }
  }

  private String followAgain(String workflowId) {
    return cli.command("show", workflowId, "--follow");
  }

  private FollowListener listener(ProgressView view, String workflowId) {
    return new FollowListener() {
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
