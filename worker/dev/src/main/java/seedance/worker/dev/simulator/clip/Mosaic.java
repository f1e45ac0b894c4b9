package seedance.worker.dev.simulator.clip;

import java.util.Arrays;

/**
 * A picture of flat cells, each as large as an H.264 macroblock, in limited-range Y'CbCr. One byte
 * array per component, row by row, unsigned. Nobody paints on one that others have seen.
 */
public final class Mosaic implements Picture {

  /** A cell of another picture is seen in its middle: decoders smooth the borders of cells. */
  private static final int LOOKS = PictureSize.CELL / 2;

  private final PictureSize size;
  private final int columns;
  private final byte[] luma;
  private final byte[] blue;
  private final byte[] red;

  Mosaic(PictureSize size) {
    this.size = size;
    columns = size.columns();
    int cells = columns * size.rows();
    luma = new byte[cells];
    blue = new byte[cells];
    red = new byte[cells];
  }

  /** The picture, stretched to a size; a mosaic that has it already is the answer itself. */
  static Mosaic of(Picture picture, PictureSize size) {
    if (picture instanceof Mosaic mosaic && mosaic.size.equals(size)) {
      return mosaic;
    }
    Mosaic mosaic = new Mosaic(size);
    for (int row = 0; row < size.rows(); row++) {
      for (int column = 0; column < size.columns(); column++) {
        mosaic.paint(column, row, picture);
      }
    }
    return mosaic;
  }

  private void paint(int column, int row, Picture picture) {
    int r = 0;
    int g = 0;
    int b = 0;
    for (int i = 0; i < LOOKS; i++) {
      int y =
          scaled(
              row * PictureSize.CELL + PictureSize.CELL / 4 + i, size.height(), picture.height());
      for (int j = 0; j < LOOKS; j++) {
        int x =
            scaled(
                column * PictureSize.CELL + PictureSize.CELL / 4 + j,
                size.width(),
                picture.width());
        int rgb = picture.rgb(x, y);
        r += rgb >> 16 & 0xff;
        g += rgb >> 8 & 0xff;
        b += rgb & 0xff;
      }
    }
    double whole = 255.0 * LOOKS * LOOKS;
    paint(column, row, r / whole, g / whole, b / whole);
  }

  private static int scaled(int at, int length, int otherLength) {
    return (int) ((2L * Math.min(at, length - 1) + 1) * otherLength / (2L * length));
  }

  /** Paints one cell; the parts of the colour are 0 to 1. */
  void paint(int column, int row, double r, double g, double b) {
    double y = 0.299 * r + 0.587 * g + 0.114 * b;
    int cell = row * columns + column;
    luma[cell] = (byte) Math.round(16 + 219 * y);
    blue[cell] = (byte) Math.round(128 + 224 * (b - y) / 1.772);
    red[cell] = (byte) Math.round(128 + 224 * (r - y) / 1.402);
  }

  int luma(int column, int row) {
    return luma[row * columns + column] & 0xff;
  }

  int blue(int column, int row) {
    return blue[row * columns + column] & 0xff;
  }

  int red(int column, int row) {
    return red[row * columns + column] & 0xff;
  }

  @Override
  public int width() {
    return size.width();
  }

  @Override
  public int height() {
    return size.height();
  }

  @Override
  public int rgb(int x, int y) {
    int column = x / PictureSize.CELL;
    int row = y / PictureSize.CELL;
    return rgb(luma(column, row), blue(column, row), red(column, row));
  }

  /** The colour that limited-range components stand for (ITU-R BT.601). */
  static int rgb(int luma, int blue, int red) {
    double y = (luma - 16) * 255 / 219.0;
    double b = (blue - 128) * 255 / 224.0;
    double r = (red - 128) * 255 / 224.0;
    return clamped(y + 1.402 * r) << 16
        | clamped(y - 0.344136 * b - 0.714136 * r) << 8
        | clamped(y + 1.772 * b);
  }

  private static int clamped(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }

  /** Whether every cell is the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Mosaic that
        && size.equals(that.size)
        && Arrays.equals(luma, that.luma)
        && Arrays.equals(blue, that.blue)
        && Arrays.equals(red, that.red);
  }

  @Override
  public int hashCode() {
    return 31 * size.hashCode() + Arrays.hashCode(luma);
  }
}
