package seedance.client.cli;

import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import seedance.client.ChainDetail;
import seedance.client.ChainFailedException;
import seedance.client.ChainHandle;
import seedance.client.FollowListener;
import seedance.workflows.chain.ChainProgress;
import seedance.workflows.chain.ChainResult;
import seedance.workflows.chain.StepProgress;
import seedance.workflows.chain.StepState;
import seedance.workflows.generation.Progress;

/** Follows one chain to its end, a line for each step, and reports it; Ctrl-C detaches. */
final class ChainFollower {
  /** The line of the chain itself, below those of its steps. */
  private static final String THE_CHAIN = "";

  /** What was said of a step last, as long as its generation says more than the chain. */
  private static final String BY_ITS_GENERATION = "";

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
      reports.failed(failed, chain);
      return ExitCode.GENERATION_FAILED;
    } catch (WorkflowNotFoundException missing) {
      throw ShowCommand.notThere(chain.workflowId());
    } catch (WorkflowServiceException lost) {
      throw Detaching.lostTheServer(cli, chain.workflowId());
    } finally {
      ifCtrlC.over();
    }
    reports.succeeded(chain, result);
    return ExitCode.OK;
  }

  private ProgressView view(List<String> steps) {
    return ProgressView.on(
        json ? cli.terminal().onErr() : cli.terminal(),
        Stream.concat(steps.stream(), Stream.of(THE_CHAIN)).toList());
  }

  /** Tells a view what has changed, and nothing twice. */
  FollowListener<ChainDetail> listener(ProgressView view, String workflowId) {
    Map<String, String> said = new HashMap<>();
    return new FollowListener<>() {
      @Override
      public void progressed(ChainDetail detail) {
        ChainProgress chain = detail.progress();
        for (StepProgress step : chain.steps()) {
          Progress generation = detail.generations().get(step.id());
          if (generation != null) {
            view.show(
                step.id(), generation, NextSteps.commands(cli, step.workflowId(), generation));
            said.put(step.id(), BY_ITS_GENERATION);
          } else if (step.state() != StepState.RUNNING
              || !BY_ITS_GENERATION.equals(said.get(step.id()))) {
            tell(step.id(), words(step) + below(chain, step), step.state() == StepState.RUNNING);
          }
        }
        tell(THE_CHAIN, words(chain), true);
      }

      private void tell(String name, String words, boolean goesOn) {
        if (words.equals(said.put(name, words))) {
          return;
        }
        if (goesOn) {
          view.going(name, words);
        } else {
          view.say(name, words);
        }
      }

      private String below(ChainProgress chain, StepProgress step) {
        return Stream.concat(
                Stream.ofNullable(step.problem()).map(Words::printable),
                NextSteps.commands(cli, workflowId, chain, step).stream())
            .map(line -> "\n          " + line)
            .collect(Collectors.joining());
      }

      @Override
      public void noWorkerAnswers() {
        said.remove(THE_CHAIN);
        view.say(THE_CHAIN, "No worker answers yet: does one poll this task queue?");
      }
    };
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

  /** Why it failed is said below, at length. */
  private static String words(ChainProgress progress) {
    String stage = progress.stage().split(":", 2)[0];
    return Words.printable(
        progress.cost() == null ? stage : stage + ", so far " + progress.cost().inWords());
  }
}
