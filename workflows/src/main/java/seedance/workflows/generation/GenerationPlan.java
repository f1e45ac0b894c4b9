package seedance.workflows.generation;

import java.time.Duration;
import java.util.Objects;
import java.util.StringJoiner;
import seedance.workflows.request.IsoTime.IsoDuration;
import seedance.workflows.request.Price;
import seedance.workflows.request.WireForm;

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
 */
@WireForm
public record GenerationPlan(
    String mode,
    String model,
    String resolution,
    Integer seconds,
    @IsoDuration Duration typicalTime,
    @IsoDuration Duration expiresAfter,
    Price price,
    Marking marking,
    TaskTraits traits,
    GenerationOptions options) {
  /** The service's own default of {@code execution_expires_after}. */
  public static final Duration USUAL_EXPIRY = Duration.ofSeconds(172_800);

  public GenerationPlan {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(typicalTime, "typicalTime");
    // What the first version of this record did not have, as its histories are still replayed.
    expiresAfter = expiresAfter == null ? USUAL_EXPIRY : expiresAfter;
    marking = marking == null ? Marking.NONE : marking;
    traits = traits == null ? TaskTraits.ANY : traits;
    options = options == null ? GenerationOptions.DEFAULTS : options;
  }

  /** One line for labels, such as {@code text · doubao-seedance-2-0 · 720p · 5 s}; no prompt. */
  public String summary() {
    StringJoiner summary = new StringJoiner(" · ").add(mode).add(model);
    if (resolution != null) {
      summary.add(resolution);
    }
    if (seconds != null) {
      summary.add(seconds + " s");
    }
    return summary.toString();
  }

  /** What {@code outcome} cost by this plan's price. */
  public Cost costOf(GenerationOutcome outcome) {
    if (outcome.completionTokens() == null) {
      return Cost.unknown("the service reported no usage");
    }
    if (price == null) {
      return Cost.unknown("the price table has no price for " + model);
    }
    return new Cost(
        price.of(outcome.completionTokens()),
        price.currency(),
        "%d tokens × %s %s per million: %s"
            .formatted(
                outcome.completionTokens(),
                price.amountPerMillionTokens().toPlainString(),
                price.currency(),
                price.basis()));
  }
}
