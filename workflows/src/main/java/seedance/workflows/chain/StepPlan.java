package seedance.workflows.chain;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.Json;
import seedance.workflows.json.WireForm;
import seedance.workflows.request.GenerationReference;
import seedance.workflows.request.Money;
import seedance.workflows.request.RequestReferences;
import seedance.workflows.request.StepReference;

/**
 * One step of a valid chain.
 *
 * @param id unique in the chain
 * @param request the body as it was written, {@code return_last_frame} switched on where another
 *     step needs it; its references still name steps, see {@link #withReferences}
 * @param approve whether a person approves it before it is started
 * @param dependsOn the steps that have to be finished before, in the order in which the request
 *     names them
 * @param summary one line for labels, such as {@code text · doubao-seedance-2-0 · 720p · 5 s}; no
 *     prompt
 * @param worstCase what it costs at most by the price list; null where nobody knows
 */
@WireForm
public record StepPlan(
    String id,
    Json request,
    boolean approve,
    List<String> dependsOn,
    String summary,
    @Nullable Money worstCase) {
  public StepPlan {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(request, "request");
    dependsOn = List.copyOf(dependsOn);
    Objects.requireNonNull(summary, "summary");
  }

  /** Whether it may cost more; what a plan costs of which nobody knows it may be anything. */
  boolean isDearerThan(StepPlan other) {
    if (worstCase == null || other.worstCase == null) {
      return worstCase == null && other.worstCase != null;
    }
    return !worstCase.currency().equals(other.worstCase.currency())
        || worstCase.isOver(other.worstCase);
  }

  /** The same with its request in another text. */
  StepPlan withRequest(Json text) {
    return new StepPlan(id, text, approve, dependsOn, summary, worstCase);
  }

  /**
   * Returns the request for the step's own workflow, every reference to a step replaced by one to
   * the generation that made it. References to earlier generations stay, and so does all else.
   *
   * @param generation the generation of a step: {@link StepReference#inChain}, or another one that
   *     was reused
   */
  public Json withReferences(Function<StepReference, GenerationReference> generation) {
    return RequestReferences.replaced(
        request,
        reference ->
            reference instanceof StepReference step
                ? generation.apply(step).url()
                : reference.url());
  }
}
