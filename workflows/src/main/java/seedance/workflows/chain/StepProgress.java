package seedance.workflows.chain;

import java.net.URI;
import java.util.Objects;
import seedance.workflows.request.Money;
import seedance.workflows.request.WireForm;

/**
 * Where one step of a chain stands.
 *
 * @param summary what is being made, such as {@code text · doubao-seedance-2-0 · 720p · 5 s}
 * @param waitsFor in words; null where it waits for nothing
 * @param workflowId the generation that makes it or made it; null before there is one
 * @param cost by usage and price list; null before it is known
 * @param worstCase what it may still cost; null where that is unknown, or nothing more is spent
 * @param clip where it is stored; null before it is
 * @param problem why it failed or was given up; null where it was not
 */
@WireForm
public record StepProgress(
    String id,
    String summary,
    StepState state,
    String waitsFor,
    String workflowId,
    Money cost,
    Money worstCase,
    URI clip,
    String problem) {
  public StepProgress {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(summary, "summary");
    Objects.requireNonNull(state, "state");
  }
}
