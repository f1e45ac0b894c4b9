package seedance.workflows.chain;

import io.temporal.workflow.Workflow;
import java.net.URI;
import java.util.stream.Stream;
import seedance.workflows.chain.JoinStage.Film;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.request.OutputReference;
import seedance.workflows.request.RequestReferences;

/** Stores which clip came from which, and sums a finished chain up. */
final class StoreStage {
  private final RunningChain chain;
  private final ChainSign sign;

  StoreStage(RunningChain chain, ChainSign sign) {
    this.chain = chain;
    this.sign = sign;
  }

  ChainResult store(Film film) {
    sign.enter("Writing the manifest");
    TotalCost cost = chain.cost().orZero(chain.budget().currency(chain.steps()));
    URI manifest =
        ChainActivities.store()
            .store(
                new ChainManifest(
                    Workflow.getInfo().getWorkflowId(),
                    finished().map(this::link).toList(),
                    film.film(),
                    cost));
    ChainResult result =
        new ChainResult(
            chain.steps().stream().map(StoreStage::outcome).toList(),
            film.film(),
            film.problem(),
            cost,
            manifest);
    sign.enter("Done");
    return result;
  }

  private Stream<StepRun> finished() {
    return chain.steps().stream().filter(StepRun::isFinished);
  }

  private ChainManifest.Link link(StepRun step) {
    GenerationResult made = step.result().orElseThrow();
    return new ChainManifest.Link(
        step.id(),
        step.generation().orElseThrow(),
        made.taskId(),
        RequestReferences.in(chain.request(step)).stream()
            .map(RequestReferences.Placed::reference)
            .map(OutputReference::url)
            .toList(),
        made.artifacts(),
        made.manifest());
  }

  private static ChainResult.Step outcome(StepRun step) {
    return new ChainResult.Step(
        step.id(),
        step.shown(),
        step.isFinished() ? step.generation().orElseThrow() : null,
        step.result().orElse(null));
  }
}
