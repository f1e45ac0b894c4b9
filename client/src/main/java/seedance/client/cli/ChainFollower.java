package seedance.client.cli;

import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import seedance.client.ChainFailedException;
import seedance.client.ChainHandle;
import seedance.client.FollowListener;
import seedance.workflows.chain.ChainProgress;
import seedance.workflows.chain.ChainResult;
import seedance.workflows.chain.StepProgress;
import seedance.workflows.chain.StepState;

/** Follows one chain to its end, a line for each step, and reports it; Ctrl-C detaches. */
final class ChainFollower {
  /** The line of the chain itself, below those of its steps. */
  private static final String THE_CHAIN = "";

  private final Cli cli;
  private final boolean json;

  ChainFollower(Cli cli, boolean json) {
    this.cli = cli;
    this.json = json;
  }

  /**
   * Returns the exit code.
   *
   * @param steps their ids, in the order in which they are shown
   */
  int follow(ChainHandle chain, List<String> steps) throws InterruptedException {
    ChainReports reports = new ChainReports(cli, json);
    ChainResult result;
    Detaching ifCtrlC = new Detaching(cli, chain.workflowId());
    try (ProgressView view = view(steps)) {
      result = chain.follow(listener(view, chain.workflowId()));
    } catch (ChainFailedException failed) {
      reports.failed(failed);
      return ExitCode.GENERATION_FAILED;
    } catch (WorkflowNotFoundException missing) {
      throw ShowCommand.notThere(chain.workflowId());
    } catch (WorkflowServiceException lost) {
      throw Detaching.lostTheServer(cli, chain.workflowId());
    } finally {
      ifCtrlC.over();
    }
    reports.succeeded(chain.workflowId(), result);
    return ExitCode.OK;
  }

  private ProgressView view(List<String> steps) {
    return ProgressView.on(
        json ? cli.terminal().onErr() : cli.terminal(),
        Stream.concat(steps.stream(), Stream.of(THE_CHAIN)).toList());
  }

  /** Tells a view what has changed, and nothing twice. */
  FollowListener<ChainProgress> listener(ProgressView view, String workflowId) {
    Map<String, String> said = new HashMap<>();
    return new FollowListener<>() {
      @Override
      public void progressed(ChainProgress progress) {
        for (StepProgress step : progress.steps()) {
          String words = words(step) + NextSteps.commandsBelow(cli, workflowId, step);
          if (!words.equals(said.put(step.id(), words))) {
            tell(view, step.id(), words, step.state() == StepState.RUNNING);
          }
        }
        String words = words(progress);
        if (!words.equals(said.put(THE_CHAIN, words))) {
          tell(view, THE_CHAIN, words, true);
        }
      }

      @Override
      public void noWorkerAnswers() {
        said.remove(THE_CHAIN);
        view.say(THE_CHAIN, "No worker answers yet: does one poll this task queue?");
      }
    };
  }

  private static void tell(ProgressView view, String name, String words, boolean goesOn) {
    if (goesOn) {
      view.going(name, words);
    } else {
      view.say(name, words);
    }
  }

  private String words(StepProgress step) {
    StringBuilder words = new StringBuilder(Words.of(step));
    if (step.cost() != null) {
      words.append(", ").append(step.cost().inWords());
    } else if (step.state().isOver() && step.worstCase() != null) {
      words.append(", at most ").append(step.worstCase().inWordsAtMost());
    }
    if (step.clip() != null) {
      words.append(": ").append(Words.location(step.clip(), cli.workingDirectory()));
    }
    return Words.printable(words.toString());
  }

  private static String words(ChainProgress progress) {
    return Words.printable(
        progress.cost() == null
            ? progress.stage()
            : progress.stage() + ", so far " + progress.cost().inWords());
  }
}
