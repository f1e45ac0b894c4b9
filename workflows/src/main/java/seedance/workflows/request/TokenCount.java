package seedance.workflows.request;

/**
 * How many tokens the service will count: its pages give {@code (input video + output) × width ×
 * height × frame rate ÷ 1024}, and one frame more was seen on bills: 108,900 for 5 s of 1280 × 720.
 * The range covers both. A draft counts less.
 *
 * @param least tokens
 * @param most tokens
 */
@WireForm
public record TokenCount(long least, long most) {
  private static final int FRAMES_PER_SECOND = 24;
  private static final int PIXELS_PER_TOKEN = 1024;

  /** Counts a video of so many seconds. */
  static TokenCount of(SecondsRange output, SecondsRange input, FrameSize size) {
    return ofFrames(
        output.least() * FRAMES_PER_SECOND, output.most() * FRAMES_PER_SECOND + 1, input, size);
  }

  /** Counts a video of so many frames. */
  static TokenCount of(int frames, SecondsRange input, FrameSize size) {
    return ofFrames(frames, frames, input, size);
  }

  private static TokenCount ofFrames(long least, long most, SecondsRange input, FrameSize size) {
    long leastPixels = (least + (long) input.least() * FRAMES_PER_SECOND) * size.least();
    long mostPixels = (most + (long) input.most() * FRAMES_PER_SECOND) * size.most();
    return new TokenCount(
        leastPixels / PIXELS_PER_TOKEN, (mostPixels + PIXELS_PER_TOKEN - 1) / PIXELS_PER_TOKEN);
  }

  CostEstimate at(Price price) {
    return new CostEstimate(
        new Money(price.of(least), price.currency()), new Money(price.of(most), price.currency()));
  }
}
