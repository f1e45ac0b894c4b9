package seedance.workflows.generation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.IsoTime.IsoDuration;
import seedance.workflows.json.WireForm;
import seedance.workflows.request.Price;
import seedance.workflows.request.TokenCount;
import seedance.workflows.request.VideoRequest;

/**
 * What the workflow needs to know of a valid request, recorded by {@link ValidateActivity} so that
 * neither a new rule nor a new price changes a running workflow.
 *
 * @param mode {@code text}, {@code frames}, {@code reference} or {@code final}
 * @param model as the request spells it
 * @param resolution given or the model's default; null where neither is known
 * @param seconds of video; null where the model decides or nothing is known
 * @param typicalTime how long such a generation usually takes
 * @param expiresAfter when the service itself gives up such a task, after it took it
 * @param price per million tokens; null where the price table has none
 * @param marking which marker the request can be given
 * @param traits what the service's list would show of the task
 * @param options in force
 * @param tokens how many the service can count; null where that is not known
 * @param group tasks of one group take about the same time: of one model, resolution, length and
 *     service tier, with or without a video as input, in plain words; null where that is not known,
 *     and in the plans of older workers
 * @param notes what a person should know of the request although no rule forbids it; sentences
 *     without prompts or URLs
 */
@WireForm
public record GenerationPlan(
    String mode,
    String model,
    @Nullable String resolution,
    @Nullable Integer seconds,
    @IsoDuration Duration typicalTime,
    @IsoDuration Duration expiresAfter,
    @Nullable Price price,
    Marking marking,
    TaskTraits traits,
    GenerationOptions options,
    @Nullable TokenCount tokens,
    @Nullable String group,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> notes) {
  /** What {@code mode} says of a task to adopt whose request is not sent. */
  public static final String ADOPTED_MODE = "adopted";

  /** What {@code model} says where neither a request nor anything else names one. */
  public static final String UNKNOWN_MODEL = "unknown";

  /** The service's own default of {@code execution_expires_after}. */
  public static final Duration USUAL_EXPIRY = Duration.ofSeconds(172_800);

  /** Of a request of which no more is known. */
  public GenerationPlan(
      String mode,
      String model,
      @Nullable String resolution,
      @Nullable Integer seconds,
      Duration typicalTime,
      Duration expiresAfter,
      @Nullable Price price,
      Marking marking,
      TaskTraits traits,
      GenerationOptions options) {
    this(
        mode,
        model,
        resolution,
        seconds,
        typicalTime,
        expiresAfter,
        price,
        marking,
        traits,
        options,
        null,
        null,
        List.of());
  }

  public GenerationPlan {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(typicalTime, "typicalTime");
    // What the first version of this record did not have, as its histories are still replayed.
    expiresAfter = expiresAfter == null ? USUAL_EXPIRY : expiresAfter;
    marking = marking == null ? Marking.NONE : marking;
    traits = traits == null ? TaskTraits.ANY : traits;
    options = options == null ? GenerationOptions.DEFAULTS : options;
    notes = notes == null ? List.of() : List.copyOf(notes);
  }

  /** One line for labels, such as {@code text · doubao-seedance-2-0 · 720p · 5 s}; no prompt. */
  public String summary() {
    return VideoRequest.summary(
        mode, model, Optional.ofNullable(resolution), Optional.ofNullable(seconds));
  }
}
