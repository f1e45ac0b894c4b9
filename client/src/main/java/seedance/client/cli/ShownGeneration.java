package seedance.client.cli;

import java.util.List;
import seedance.client.FollowListener;
import seedance.client.GenerationFailedException;
import seedance.client.GenerationHandle;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.Progress;

/** One generation, on one line. */
record ShownGeneration(Cli cli, GenerationHandle handle) implements Shown {
  @Override
  public Report now() {
    return new GenerationReports(cli).running(handle.workflowId(), ask(handle::progress));
  }

  @Override
  public List<String> lines() {
    return List.of(ProgressView.THE_WHOLE);
  }

  @Override
  public End end() throws InterruptedException {
    return end(handle::result);
  }

  @Override
  public End follow(ProgressView view) throws InterruptedException {
    return end(() -> handle.follow(listener(view)));
  }

  private End end(Awaited<GenerationResult> awaited) throws InterruptedException {
    try {
      return End.succeeded(
          new GenerationReports(cli).succeeded(handle.workflowId(), awaited.result()));
    } catch (GenerationFailedException failed) {
      return End.failed(new GenerationReports(cli).failed(failed));
    }
  }

  private FollowListener<Progress> listener(ProgressView view) {
    return new FollowListener<>() {
      @Override
      public void progressed(Progress progress) {
        view.show(
            ProgressView.THE_WHOLE,
            progress,
            Suggestion.decisions(cli, handle.workflowId(), progress));
      }

      @Override
      public void noWorkerAnswers() {
        view.noWorkerAnswers();
      }

      @Override
      public void answersCannotBeRead() {
        view.answersCannotBeRead();
      }
    };
  }
}
