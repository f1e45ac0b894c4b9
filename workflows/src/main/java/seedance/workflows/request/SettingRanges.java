package seedance.workflows.request;

/** What holds for a field of the body and for the flag of a prompt that sets the same. */
final class SettingRanges {
  static final int FRAMES_PER_SECOND = 24;
  static final int FRAMES_MIN = 29;
  static final int FRAMES_MAX = 289;

  /** Some pages say 2³¹−1, some this: the larger is let through. */
  static final long SEED_MAX = 4_294_967_295L;

  private SettingRanges() {}

  /** As many frames a video of so many seconds has at most. */
  static int mostFrames(int seconds) {
    return seconds * FRAMES_PER_SECOND + 1;
  }

  static boolean isFrames(long frames) {
    return frames >= FRAMES_MIN && frames <= FRAMES_MAX && frames % 4 == 1;
  }

  static boolean isSeed(long seed) {
    return seed >= -1 && seed <= SEED_MAX;
  }
}
