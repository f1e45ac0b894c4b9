package seedance.workflows.chain;

import java.util.Objects;
import seedance.workflows.json.Json;
import seedance.workflows.json.WireForm;
import seedance.workflows.request.StepReference;

/**
 * One generation of a chain.
 *
 * @param id unique in the chain, 1 to 64 of the characters {@code A-Z a-z 0-9 _ -}
 * @param request the body of the generation, whose URLs may name other steps as {@code
 *     step://ID/video}, {@code step://ID/last_frame} or {@code step://ID/task}
 * @param approve whether the chain waits for a person's approval before it spends on this step;
 *     false by default
 */
@WireForm
public record ChainStep(String id, Json request, boolean approve) {
  /**
   * @throws IllegalArgumentException if the id is none
   */
  public ChainStep {
    Objects.requireNonNull(id, "id");
    if (!StepReference.isStepId(id)) {
      throw new IllegalArgumentException("not a step's id");
    }
    request = Json.orNull(request);
  }
}
