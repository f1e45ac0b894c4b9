package seedance.workflows.request;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many pixels a frame has. The service's create page has a table for Seedance 1.0 and one for
 * the later models, which differ by a few percent; as a model's age is nothing that a catalogue
 * says, both bound the range.
 *
 * @param least pixels
 * @param most pixels
 */
record FrameSize(int least, int most) {
  private static final String ADAPTIVE = "adaptive";

  /** By resolution and by ratio, portrait having the pixels of landscape. */
  private static final Map<String, Map<String, FrameSize>> SIZES =
      Map.of(
          "480p",
          Map.of(
              "16:9", of(864 * 480, 864 * 496),
              "4:3", of(736 * 544, 752 * 560),
              "1:1", of(640 * 640, 640 * 640),
              "21:9", of(960 * 416, 992 * 432)),
          "720p",
          Map.of(
              "16:9", of(1248 * 704, 1280 * 720),
              "4:3", of(1120 * 832, 1112 * 834),
              "1:1", of(960 * 960, 960 * 960),
              "21:9", of(1504 * 640, 1470 * 630)),
          "1080p",
          Map.of(
              "16:9", of(1920 * 1088, 1920 * 1080),
              "4:3", of(1664 * 1248, 1664 * 1248),
              "1:1", of(1440 * 1440, 1440 * 1440),
              "21:9", of(2176 * 928, 2206 * 946)),
          // The other ratios' sizes are not known; at every other resolution they are near.
          "4k",
          Map.of("16:9", of(3840 * 2160, 3840 * 2160)));

  private static final Map<String, String> LANDSCAPE = Map.of("9:16", "16:9", "3:4", "4:3");

  private static FrameSize of(int one, int other) {
    return new FrameSize(Math.min(one, other), Math.max(one, other));
  }

  /**
   * Returns the size at a resolution; empty for a resolution that is not known.
   *
   * @param ratio empty or {@code adaptive} gives the range of all ratios
   */
  static Optional<FrameSize> of(String resolution, Optional<String> ratio) {
    Map<String, FrameSize> sizes = SIZES.getOrDefault(resolution, Map.of());
    return ratio
        .filter(given -> !given.equals(ADAPTIVE))
        .map(given -> sizes.get(LANDSCAPE.getOrDefault(given, given)))
        .or(() -> ofAll(List.copyOf(sizes.values())));
  }

  private static Optional<FrameSize> ofAll(List<FrameSize> sizes) {
    return sizes.stream()
        .reduce((a, b) -> new FrameSize(Math.min(a.least, b.least), Math.max(a.most, b.most)));
  }
}
