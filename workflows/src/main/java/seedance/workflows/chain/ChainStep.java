package seedance.workflows.chain;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import seedance.workflows.json.Json;
import seedance.workflows.request.Extension;
import seedance.workflows.request.GenerationOutput;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.Request;
import seedance.workflows.request.StepReference;

/**
 * One generation of a chain, as {@link Chain#of} takes it. Its request may name what another step
 * makes: {@code step://ID/video}, {@code step://ID/last_frame}, {@code step://ID/task}. Immutable.
 */
public final class ChainStep {
  private final String id;
  private final boolean approve;
  private final Function<Map<String, ChainStep>, Request> requestAmong;

  private ChainStep(
      String id, boolean approve, Function<Map<String, ChainStep>, Request> requestAmong) {
    Objects.requireNonNull(id, "id");
    if (!StepReference.isStepId(id)) {
      throw new IllegalArgumentException("not a step's id");
    }
    this.id = id;
    this.approve = approve;
    this.requestAmong = requestAmong;
  }

  /**
   * A step that is made without asking anyone.
   *
   * @param id unique in the chain, 1 to 64 of the characters {@code A-Z a-z 0-9 _ -}
   * @throws IllegalArgumentException if the id is none
   */
  public static ChainStep step(String id, Request request) {
    Objects.requireNonNull(request, "request");
    return new ChainStep(id, false, among -> request);
  }

  /**
   * A step that goes on from a clip. Of another step's, what the extension leaves open is as in
   * that one's request; of an earlier generation's, the extension has to name a model. What a model
   * is told of the extension is by the built-in catalogue; with another one, give {@link
   * #step(String, Request)} the request that {@link Extension#after(Request, ModelCatalogue)}
   * makes.
   *
   * @param id as of {@link #step(String, Request)}
   * @throws IllegalArgumentException if the id is none
   */
  public static ChainStep step(String id, Extension extension) {
    Objects.requireNonNull(extension, "extension");
    return new ChainStep(
        id,
        false,
        among ->
            extension.after(
                extension.clip() instanceof StepReference source
                    ? requestOf(source.stepId(), among)
                    : Request.NONE));
  }

  /**
   * Goes on from the clip of a step.
   *
   * @param step its id
   * @param prompt what happens next
   */
  public static Extension extend(String step, String prompt) {
    return Extension.of(new StepReference(step, GenerationOutput.VIDEO), prompt);
  }

  /** The same; but the chain waits for a person's approval before it spends on this step. */
  public ChainStep afterApproval() {
    return new ChainStep(id, true, requestAmong);
  }

  /** Its id. */
  public String id() {
    return id;
  }

  /**
   * @param steps all of the chain's by id; of one that goes on from itself, or from none of them,
   *     the check names what is missing
   */
  Json json(Map<String, ChainStep> steps) {
    return Json.NULL.with("id", id).with("request", request(steps).json()).with("approve", approve);
  }

  private Request request(Map<String, ChainStep> steps) {
    Map<String, ChainStep> others = new HashMap<>(steps);
    others.remove(id);
    return requestAmong.apply(others);
  }

  private static Request requestOf(String id, Map<String, ChainStep> steps) {
    return steps.containsKey(id) ? steps.get(id).request(steps) : Request.NONE;
  }
}
