package seedance.workflows.request;

import seedance.workflows.json.WireForm;

/**
 * How many tokens the service will count: its pages give {@code (input video + output) × width ×
 * height × frame rate ÷ 1024}, and one frame more was seen on bills: 108,900 for 5 s of 1280 × 720.
 * The range covers both. A draft counts less. With an input video, some models count a {@link
 * Model.LeastBilled} at least.
 *
 * @param least tokens
 * @param most tokens
 */
@WireForm
public record TokenCount(long least, long most) {
  private static final int PIXELS_PER_TOKEN = 1024;

  /**
   * Counts a video of so many seconds.
   *
   * @param atLeast for how many seconds of input and output together at least
   */
  static TokenCount of(
      SecondsRange output, SecondsRange input, SecondsRange atLeast, FrameSize size) {
    return ofFrames(
        frames(Math.max(output.least() + (long) input.least(), atLeast.least())),
        frames(Math.max(output.most() + (long) input.most(), atLeast.most())) + 1,
        size);
  }

  /**
   * Counts a video of so many frames.
   *
   * @param atLeast for how many seconds of input and output together at least
   */
  static TokenCount of(int frames, SecondsRange input, SecondsRange atLeast, FrameSize size) {
    return ofFrames(
        Math.max(frames + frames(input.least()), frames(atLeast.least())),
        Math.max(frames + frames(input.most()), frames(atLeast.most())),
        size);
  }

  private static long frames(long seconds) {
    return seconds * SettingRanges.FRAMES_PER_SECOND;
  }

  private static TokenCount ofFrames(long least, long most, FrameSize size) {
    return new TokenCount(
        least * size.least() / PIXELS_PER_TOKEN,
        (most * size.most() + PIXELS_PER_TOKEN - 1) / PIXELS_PER_TOKEN);
  }

  CostEstimate at(Price price) {
    return new CostEstimate(
        new Money(price.of(least), price.currency()), new Money(price.of(most), price.currency()));
  }
}
