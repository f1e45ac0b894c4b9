package seedance.client.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/**
 * One chain, a line for each step and one below them for itself.
 *
 * @param steps their ids; empty where the chain is to be asked for them
 */
record ShownChain(Cli cli, ChainHandle handle, Optional<List<String>> steps) implements Shown {
  /** What was said of a step last, as long as its generation says more than the chain. */
  private static final String BY_ITS_GENERATION = "";

  /** One of which the steps are not known here. */
  ShownChain(Cli cli, ChainHandle handle) {
    this(cli, handle, Optional.empty());
  }

  @Override
  public Report now() {
    return new ChainReports(cli).running(handle.workflowId(), ask(handle::detail));
  }

  @Override
  public List<String> lines() {
    List<String> ids =
        steps.orElseGet(
            () -> ask(handle::detail).progress().steps().stream().map(StepProgress::id).toList());
    return Stream.concat(ids.stream(), Stream.of(ProgressView.THE_WHOLE)).toList();
  }

  @Override
  public End end() throws InterruptedException {
    return end(handle::result);
  }

  @Override
  public End follow(ProgressView view) throws InterruptedException {
    view.began(handle.workflow().describe().getStartTime());
    return end(() -> handle.follow(new Listener(cli, handle.workflowId(), view)));
  }

  private End end(Awaited<ChainResult> awaited) throws InterruptedException {
    try {
      return End.succeeded(new ChainReports(cli).succeeded(handle, awaited.result()));
    } catch (ChainFailedException failed) {
      return End.failed(new ChainReports(cli).failed(handle, failed));
    }
  }

  /** Tells a view what has changed, and nothing twice. */
  private static final class Listener implements FollowListener<ChainDetail> {
    private final Cli cli;
    private final String workflowId;
    private final ProgressView view;
    private final Map<String, String> said = new HashMap<>();

    Listener(Cli cli, String workflowId, ProgressView view) {
      this.cli = cli;
      this.workflowId = workflowId;
      this.view = view;
    }

    @Override
    public void progressed(ChainDetail detail) {
      ChainProgress chain = detail.progress();
      for (StepProgress step : chain.steps()) {
        Progress generation = detail.generations().get(step.id());
        String workflowId = step.workflowId();
        if (generation != null && workflowId != null) {
          view.show(step.id(), generation, Suggestion.decisions(cli, workflowId, generation));
          said.put(step.id(), BY_ITS_GENERATION);
        } else if (step.state() != StepState.RUNNING
            || !BY_ITS_GENERATION.equals(said.get(step.id()))) {
          tell(step.id(), words(step) + below(chain, step), step.state() == StepState.RUNNING);
        }
      }
      tell(ProgressView.THE_WHOLE, words(chain), true);
    }

    @Override
    public void noWorkerAnswers() {
      said.remove(ProgressView.THE_WHOLE);
      view.noWorkerAnswers();
    }

    @Override
    public void answersCannotBeRead() {
      said.remove(ProgressView.THE_WHOLE);
      view.answersCannotBeRead();
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

    private String below(ChainProgress chain, StepProgress step) {
      return Stream.concat(
              Stream.ofNullable(step.problem()).map(Words::printable),
              Suggestion.decisions(cli, workflowId, chain, step).stream().map(Suggestion::line))
          .map(line -> "\n          " + line)
          .collect(Collectors.joining());
    }

    /** Why it failed is said below, at length. */
    private static String words(ChainProgress progress) {
      String stage = progress.stage().split(":", 2)[0];
      return Words.printable(
          progress.cost() == null ? stage : stage + ", so far " + progress.cost().inWords());
    }
  }
}
