package seedance.worker.dev.simulator.clip;

import java.util.SplittableRandom;

/**
 * A sun that wanders over moving waves. The seed decides colours, paths and paces, so that clips of
 * different seeds are told apart at a glance.
 */
final class Drawing {

  private final PictureSize size;
  private final double skyHue;
  private final double seaHue;
  private final double sunHue;
  private final double phase;
  private final double pace;
  private final double waves;

  Drawing(long seed, PictureSize size) {
    this.size = size;
    SplittableRandom random = new SplittableRandom(seed);
    skyHue = random.nextDouble();
    seaHue = skyHue + 0.3 + 0.4 * random.nextDouble();
    sunHue = random.nextDouble();
    phase = 2 * Math.PI * random.nextDouble();
    pace = 0.7 + 0.8 * random.nextDouble();
    waves = 1 + random.nextInt(4);
  }

  /** Paints the whole picture as it is {@code seconds} after the clip's start. */
  void paint(Mosaic picture, double seconds) {
    double aspect = (double) size.width() / size.height();
    double sunX = aspect * (0.5 + 0.38 * Math.sin(phase + pace * seconds));
    double sunY = 0.38 + 0.24 * Math.cos(phase + 0.8 * pace * seconds);
    for (int column = 0; column < size.columns(); column++) {
      double x = aspect * (column + 0.5) / size.columns();
      double shore = 0.68 + 0.09 * Math.sin(phase + waves * 2 * x - 2 * pace * seconds);
      for (int row = 0; row < size.rows(); row++) {
        double y = (row + 0.5) / size.rows();
        if (Math.hypot(x - sunX, y - sunY) < 0.16) {
          paint(picture, column, row, sunHue, 0.35, 1);
        } else if (y < shore) {
          paint(picture, column, row, skyHue + 0.12 * y, 0.55, 0.9 - 0.5 * y);
        } else {
          paint(picture, column, row, seaHue, 0.7, 0.85 - 1.6 * (y - shore));
        }
      }
    }
  }

  private static void paint(
      Mosaic picture, int column, int row, double hue, double saturation, double value) {
    picture.paint(
        column,
        row,
        part(hue + 1.0 / 3, saturation, value),
        part(hue, saturation, value),
        part(hue - 1.0 / 3, saturation, value));
  }

  private static double part(double hue, double saturation, double value) {
    double distance = Math.abs((hue - Math.floor(hue)) * 6 - 3) - 1;
    return value * (1 - saturation + saturation * (1 - Math.max(0, Math.min(1, distance))));
  }
}
