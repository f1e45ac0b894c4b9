package seedance.workflows.chain;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import seedance.workflows.json.Json;
import seedance.workflows.request.InlineMedia;
import seedance.workflows.request.StepReference;

/** Takes steps over from an earlier chain, {@code options.reuse}. */
final class StepReuse {
  private final RunningChain chain;
  private final Map<String, Json> sought = new HashMap<>();

  StepReuse(RunningChain chain) {
    this.chain = chain;
  }

  /** Whether a step may be there that was not sought yet as it is now. */
  boolean mayBeThere(StepRun step) {
    return chain.options().reuse().isPresent()
        && !chain.request(step).equals(sought.get(step.id()));
  }

  /** Takes it, or notes why not; not what was decided otherwise while it was sought. */
  void take(String id) {
    Json request = chain.request(chain.step(id));
    Optional<FoundGeneration.Stored> found = find(id, request);
    sought.put(id, request);
    StepRun step = chain.step(id);
    if (found.isPresent()
        && !step.isOver()
        && chain.unfinishedSources(step.plan()).isEmpty()
        && request.equals(chain.request(step))) {
      chain.change(id, now -> now.reused(found.get().workflowId(), found.get().result()));
    }
  }

  private Optional<FoundGeneration.Stored> find(String id, Json request) {
    String earlier = chain.options().reuse().orElseThrow();
    FoundGeneration found =
        ChainActivities.find(id)
            .find(
                new FindRequest(
                    StepReference.workflowId(earlier, id),
                    InlineMedia.without(request),
                    StepInput.generation(id),
                    null));
    if (found instanceof FoundGeneration.Stored stored) {
      return Optional.of(stored);
    }
    String why =
        found instanceof FoundGeneration.Absent absent
            ? absent.why()
            : "it was made from another request";
    chain.note("%s is not reused from %s: %s".formatted(id, earlier, why));
    return Optional.empty();
  }
}
