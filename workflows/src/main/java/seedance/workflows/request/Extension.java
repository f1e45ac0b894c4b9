package seedance.workflows.request;

import java.util.List;
import seedance.workflows.json.Json;

/**
 * A request that goes on from another generation's clip. What it does not say of model, resolution
 * and ratio is that one's.
 */
public final class Extension extends RequestSettings<Extension> {
  private final OutputReference clip;

  private Extension(OutputReference clip, Json body) {
    super(body);
    this.clip = clip;
  }

  /**
   * @param clip the video of a step, or of an earlier generation
   * @param prompt what happens next
   * @throws IllegalArgumentException if the reference is to something else
   */
  public static Extension of(OutputReference clip, String prompt) {
    if (clip.output() != GenerationOutput.VIDEO) {
      throw new IllegalArgumentException("what is extended is a video: " + clip.url());
    }
    return new Extension(
        clip,
        Json.NULL.with(
            CONTENT,
            List.of(
                textItem(prompt),
                mediumItem(Medium.VIDEO, Medium.Role.REFERENCE_VIDEO, clip.url()))));
  }

  @Override
  Extension of(Json other) {
    return new Extension(clip, other);
  }

  /** The clip that it goes on from. */
  public OutputReference clip() {
    return clip;
  }

  /** Another model. */
  public Extension model(String model) {
    return with(MODEL, model);
  }

  /** {@link #after(Request, ModelCatalogue)} with the built-in catalogue. */
  public Request after(Request source) {
    return after(source, ModelCatalogue.builtIn());
  }

  /**
   * Returns the whole request. A model that wants to be told that it extends is told so, with the
   * ratio {@code adaptive}, unless a task type or a ratio was said.
   *
   * @param source the request that the clip was made from; {@link Request#NONE} where nobody knows
   *     it, and then a model has to be said
   */
  public Request after(Request source, ModelCatalogue catalogue) {
    Json body = likeSource(MODEL, body(), source);
    body = likeSource(RESOLUTION, body, source);
    boolean isToldSo =
        body.text(MODEL)
            .flatMap(catalogue::find)
            .filter(model -> model.takes().contains(TASK_TYPE))
            .isPresent();
    if (isToldSo && !body.has(TASK_TYPE)) {
      body = body.with(TASK_TYPE, "extend");
      return new Request(body.has(RATIO) ? body : body.with(RATIO, "adaptive"));
    }
    return new Request(likeSource(RATIO, body, source));
  }

  private static Json likeSource(String name, Json body, Request source) {
    Json theirs = source.json().at(name);
    return body.has(name) || theirs.isNull() ? body : body.with(name, theirs);
  }
}
