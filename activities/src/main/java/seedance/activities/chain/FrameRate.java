package seedance.activities.chain;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** At how many pictures a second a film is encoded. A clip's own word for it may be anything. */
final class FrameRate {
  private static final Pattern FRACTION = Pattern.compile("([1-9]\\d{0,8})/([1-9]\\d{0,8})");

  /** Seedance makes 24 (H); twice 60 leaves room for whoever else made a clip. */
  private static final int HIGHEST = 120;

  private FrameRate() {}

  /**
   * The rate that a clip says, or its average in whole pictures where that is none: of jittered
   * times ffmpeg names the finest step, such as 90,000 a second.
   *
   * @param named ffprobe's {@code r_frame_rate}
   * @param average ffprobe's {@code avg_frame_rate}
   * @return a fraction, as ffmpeg reads it; empty where neither is possible
   */
  static Optional<String> of(String named, String average) {
    return possible(named).isPresent()
        ? Optional.of(named)
        : possible(average).map(rate -> Math.round(rate) + "/1");
  }

  private static Optional<Double> possible(String text) {
    Matcher fraction = FRACTION.matcher(text);
    if (!fraction.matches()) {
      return Optional.empty();
    }
    double rate = Double.parseDouble(fraction.group(1)) / Double.parseDouble(fraction.group(2));
    return Optional.of(rate).filter(possible -> possible >= 1 && possible <= HIGHEST);
  }
}
