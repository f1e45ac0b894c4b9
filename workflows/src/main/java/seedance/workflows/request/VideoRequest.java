package seedance.workflows.request;

import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import seedance.workflows.json.Json;

/**
 * A request that passed the rules: the typed view beside the JSON that goes out on the wire. Only
 * {@link RequestRules} makes one, so a value of this type is valid by the catalogue that checked
 * it.
 */
public final class VideoRequest {
  private final String model;
  private final GenerationMode mode;
  private final Settings settings;
  private final Json json;

  VideoRequest(String model, GenerationMode mode, Settings settings, Json json) {
    this.model = Objects.requireNonNull(model, "model");
    this.mode = Objects.requireNonNull(mode, "mode");
    this.settings = Objects.requireNonNull(settings, "settings");
    this.json = Objects.requireNonNull(json, "json");
  }

  /** The model as the request spells it: an id, an alias or an endpoint {@code ep-…}. */
  public String model() {
    return model;
  }

  /** What the video is made from. */
  public GenerationMode mode() {
    return mode;
  }

  /** The optional fields that were given. */
  public Settings settings() {
    return settings;
  }

  /**
   * The body for the service: the JSON that came in, field for field, less optional fields that
   * were {@code null}.
   */
  public Json json() {
    return json;
  }

  /**
   * What is known of a request in one line, such as {@code text · doubao-seedance-2-0 · 720p · 5
   * s}; what is not known is left out.
   */
  public static String summary(
      String mode, String model, Optional<String> resolution, Optional<Integer> seconds) {
    StringJoiner summary = new StringJoiner(" · ").add(mode).add(model);
    resolution.ifPresent(summary::add);
    seconds.ifPresent(length -> summary.add(length + " s"));
    return summary.toString();
  }

  @Override
  public String toString() {
    return "VideoRequest[" + model + ", " + mode + "]";
  }

  /**
   * The request's optional fields; an empty one was absent or {@code null}, and the service's
   * default holds.
   *
   * @param seed −1 asks the service to draw one
   * @param duration seconds; −1 lets the model decide
   * @param frames beats {@code duration} where both are given
   * @param webSearch whether {@code tools} asks for a search
   */
  public record Settings(
      Optional<String> resolution,
      Optional<String> ratio,
      Optional<Integer> duration,
      Optional<Integer> frames,
      Optional<Long> seed,
      Optional<Boolean> generateAudio,
      Optional<Boolean> draft,
      Optional<Boolean> returnLastFrame,
      Optional<String> serviceTier,
      Optional<Integer> executionExpiresAfter,
      Optional<Integer> priority,
      Optional<String> safetyIdentifier,
      Optional<String> callbackUrl,
      Optional<Boolean> cameraFixed,
      Optional<Boolean> watermark,
      Optional<String> outputFormat,
      Optional<String> omniReferenceTaskType,
      boolean webSearch) {

    /** These with another form of the video. */
    Settings with(
        Optional<String> otherResolution,
        Optional<String> otherRatio,
        Optional<Integer> otherDuration,
        Optional<Integer> otherFrames,
        Optional<Long> otherSeed) {
      return new Settings(
          otherResolution,
          otherRatio,
          otherDuration,
          otherFrames,
          otherSeed,
          generateAudio,
          draft,
          returnLastFrame,
          serviceTier,
          executionExpiresAfter,
          priority,
          safetyIdentifier,
          callbackUrl,
          cameraFixed,
          watermark,
          outputFormat,
          omniReferenceTaskType,
          webSearch);
    }
  }
}
