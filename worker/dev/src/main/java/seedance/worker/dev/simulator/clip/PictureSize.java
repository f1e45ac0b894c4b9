package seedance.worker.dev.simulator.clip;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * The pixels of a resolution and ratio.
 *
 * @param width in pixels, even
 * @param height in pixels, even
 */
public record PictureSize(int width, int height) {
  /** A cell's side in pixels. */
  static final int CELL = 16;

  /**
   * What Seedance 2.0's sizes are, as published by several gateways; 1.0's differ by a few pixels.
   */
  private static final Map<String, PictureSize> SIZES =
      Map.ofEntries(
          Map.entry("480p 16:9", new PictureSize(864, 496)),
          Map.entry("480p 4:3", new PictureSize(752, 560)),
          Map.entry("480p 1:1", new PictureSize(640, 640)),
          Map.entry("480p 3:4", new PictureSize(560, 752)),
          Map.entry("480p 9:16", new PictureSize(496, 864)),
          Map.entry("480p 21:9", new PictureSize(992, 432)),
          Map.entry("720p 16:9", new PictureSize(1280, 720)),
          Map.entry("720p 4:3", new PictureSize(1112, 834)),
          Map.entry("720p 1:1", new PictureSize(960, 960)),
          Map.entry("720p 3:4", new PictureSize(834, 1112)),
          Map.entry("720p 9:16", new PictureSize(720, 1280)),
          Map.entry("720p 21:9", new PictureSize(1470, 630)),
          Map.entry("1080p 16:9", new PictureSize(1920, 1080)),
          Map.entry("1080p 4:3", new PictureSize(1664, 1248)),
          Map.entry("1080p 1:1", new PictureSize(1440, 1440)),
          Map.entry("1080p 3:4", new PictureSize(1248, 1664)),
          Map.entry("1080p 9:16", new PictureSize(1080, 1920)),
          Map.entry("1080p 21:9", new PictureSize(2206, 946)),
          Map.entry("4k 16:9", new PictureSize(3840, 2160)),
          Map.entry("4k 4:3", new PictureSize(3326, 2494)),
          Map.entry("4k 1:1", new PictureSize(2880, 2880)),
          Map.entry("4k 3:4", new PictureSize(2494, 3326)),
          Map.entry("4k 9:16", new PictureSize(2160, 3840)),
          Map.entry("4k 21:9", new PictureSize(4398, 1886)));

  /**
   * @throws IllegalArgumentException for sides that are odd or not positive
   */
  public PictureSize {
    if (width <= 0 || height <= 0 || width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException(
          "a frame has even, positive sides: " + width + "x" + height);
    }
  }

  /**
   * Looks a size up.
   *
   * @param resolution {@code 480p}, {@code 720p}, {@code 1080p} or {@code 4k}
   * @param ratio such as {@code 16:9}; {@code adaptive} is not one, because it names no size
   * @return empty for an unknown pair
   */
  public static Optional<PictureSize> of(String resolution, String ratio) {
    return Optional.ofNullable(SIZES.get(resolution + " " + ratio));
  }

  /** The ratio that is nearest to a picture's: what {@code adaptive} becomes for it. */
  public static String nearestRatio(Picture picture) {
    double asked = Math.log((double) picture.width() / picture.height());
    return SIZES.keySet().stream()
        .filter(name -> name.startsWith("720p "))
        .map(name -> name.substring("720p ".length()))
        .min(Comparator.comparingDouble(ratio -> Math.abs(asked - logarithm(ratio))))
        .orElseThrow();
  }

  private static double logarithm(String ratio) {
    PictureSize size = of("720p", ratio).orElseThrow();
    return Math.log((double) size.width / size.height);
  }

  int columns() {
    return (width + CELL - 1) / CELL;
  }

  int rows() {
    return (height + CELL - 1) / CELL;
  }
}
