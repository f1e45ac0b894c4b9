package seedance.worker.dev.simulator.clip;

/**
 * A picture of flat cells, each as large as an H.264 macroblock, in limited-range Y'CbCr. One byte
 * array per component, row by row, unsigned.
 */
final class Mosaic {

  /** A cell's side in pixels. */
  static final int CELL = 16;

  private final int columns;
  private final byte[] luma;
  private final byte[] blue;
  private final byte[] red;

  Mosaic(FrameSize size) {
    columns = size.columns();
    int cells = columns * size.rows();
    luma = new byte[cells];
    blue = new byte[cells];
    red = new byte[cells];
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
}
