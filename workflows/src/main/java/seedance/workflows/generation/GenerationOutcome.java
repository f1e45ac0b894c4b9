package seedance.workflows.generation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.IsoTime.IsoInstant;
import seedance.workflows.json.WireForm;

/**
 * The facts that the service reports of a finished task; each is null where it reports none, or one
 * that cannot be: no video has a length of nothing, and none costs no tokens or fewer.
 *
 * @param model the model that ran, by its full id
 * @param createdAt when the service took the task, by its clock
 * @param finishedAt when the task ended, by its clock
 * @param seed the seed that was used; asking for the same with the same request repeats the take
 * @param duration seconds of video
 * @param completionTokens what is billed
 */
@WireForm
public record GenerationOutcome(
    @Nullable String model,
    @IsoInstant @Nullable Instant createdAt,
    @IsoInstant @Nullable Instant finishedAt,
    @Nullable Long seed,
    @Nullable String resolution,
    @Nullable String ratio,
    @Nullable Double duration,
    @Nullable Integer frames,
    @Nullable Integer framesPerSecond,
    @Nullable Boolean generateAudio,
    @Nullable Long completionTokens,
    @Nullable Long totalTokens) {
  public GenerationOutcome {
    duration = duration == null || !Double.isFinite(duration) || duration <= 0 ? null : duration;
    frames = frames == null || frames <= 0 ? null : frames;
    framesPerSecond = framesPerSecond == null || framesPerSecond <= 0 ? null : framesPerSecond;
    completionTokens = completionTokens == null || completionTokens <= 0 ? null : completionTokens;
    totalTokens = totalTokens == null || totalTokens <= 0 ? null : totalTokens;
  }
}
