package seedance.workflows.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import seedance.workflows.json.Json;

/**
 * The fields of a request beside its content. Each method returns a new builder and leaves this one
 * as it is; none takes null. A field that is not said is not sent, and the service's default for
 * the model holds. What a model takes is checked at the start, not here.
 *
 * @param <B> the builder itself
 */
public abstract class RequestSettings<B extends RequestSettings<B>> {
  static final String MODEL = "model";
  static final String CONTENT = "content";
  static final String RESOLUTION = "resolution";
  static final String RATIO = "ratio";
  static final String TASK_TYPE = "omni_reference_task_type";

  private final Json body;

  RequestSettings(Json body) {
    this.body = body;
  }

  /** The same with another body. */
  abstract B of(Json other);

  final Json body() {
    return body;
  }

  /** Such as {@code "720p"}. */
  public final B resolution(String resolution) {
    return with(RESOLUTION, resolution);
  }

  /** Such as {@code "16:9"}, or {@code "adaptive"} for that of the input. */
  public final B ratio(String ratio) {
    return with(RATIO, ratio);
  }

  /** The video's length in seconds; −1 lets the model decide. */
  public final B duration(int seconds) {
    return with("duration", seconds);
  }

  /** The video's length in frames, of which there are 24 a second; beats {@link #duration}. */
  public final B frames(int frames) {
    return with("frames", frames);
  }

  /** Makes videos of the same request alike; −1 asks the service to draw one. */
  public final B seed(long seed) {
    return with("seed", seed);
  }

  /** Whether the video has sound. */
  public final B generateAudio(boolean generate) {
    return with("generate_audio", generate);
  }

  /** Whether the picture that the video ends with is made too; not of a draft. */
  public final B returnLastFrame(boolean wanted) {
    return with(LastFrame.FIELD, wanted);
  }

  /** Whether the camera stands still; not with reference images. */
  public final B cameraFixed(boolean fixed) {
    return with("camera_fixed", fixed);
  }

  /** Whether the video shows that it was generated. */
  public final B watermark(boolean shown) {
    return with("watermark", shown);
  }

  /** {@code "mp4"} or {@code "mov"}. */
  public final B outputFormat(String format) {
    return with("output_format", format);
  }

  /** {@code "default"}, or {@code "flex"}, which is cheaper and later. */
  public final B serviceTier(String tier) {
    return with("service_tier", tier);
  }

  /** 0 to 9, the highest first; not with {@code "flex"}. */
  public final B priority(int priority) {
    return with("priority", priority);
  }

  /** After how many seconds the service gives the task up; 3600 to 259200. */
  public final B executionExpiresAfter(int seconds) {
    return with("execution_expires_after", seconds);
  }

  /** Your id of the end user, hashed; at most 64 characters. */
  public final B safetyIdentifier(String identifier) {
    return with("safety_identifier", identifier);
  }

  /** Where the service calls back; else the worker's own, where it has one. */
  public final B callbackUrl(String url) {
    return with("callback_url", url);
  }

  /**
   * Any field of the body, in place of what it has there. One that no rule knows is refused at the
   * start unless {@code options.allowUnknownFields} lets it through.
   *
   * @param value a string, number, boolean, {@link Json}, or a list or map of these
   * @throws IllegalArgumentException if it holds anything else
   */
  public final B with(String name, Object value) {
    Objects.requireNonNull(name, "name");
    return of(body.with(name, Objects.requireNonNull(value, name)));
  }

  /** Adds to {@code content}. */
  final Json bodyWith(Json item) {
    List<Object> content = new ArrayList<>(body.at(CONTENT).items());
    content.add(item);
    return body.with(CONTENT, content);
  }

  /** In one order: a step's submission is known by the text of its request. */
  static Json textItem(String text) {
    return Json.NULL.with("type", "text").with("text", Objects.requireNonNull(text, "text"));
  }

  static Json mediumItem(Medium medium, Medium.Role role, String url) {
    return Json.NULL
        .with("type", medium.type())
        .with(medium.type(), Json.NULL.with("url", Objects.requireNonNull(url, "url")))
        .with("role", role.label());
  }
}
